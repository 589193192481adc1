/** The process that hooks leave behind: it sends the waiting events of a program, and ends. */
import { log } from './log.ts';
import { send } from './send.ts';

const programId = process.argv[2];
if (programId) {
  try {
    await send(process.env, programId, { renews: true });
  } catch (error) {
    log(process.env, `sender ${programId}: ${(error as Error).message}`);
  }
}
