/** Asks a person before something is written. */
import { createInterface } from 'node:readline/promises';
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';

/** Returns when the person agreed, or gave `--yes`; else throws a `Failure`. */
export async function requireConfirmation(
  call: Pick<Call, 'stdin' | 'stderr'>,
  yes: boolean,
  question: string,
): Promise<void> {
  if (yes) return;
  if (!call.stdin.isTTY) throw new Failure('Nothing was written: nobody is here to ask', EXIT.usage, '--yes writes it');
  const terminal = createInterface({ input: call.stdin, output: call.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure('Nothing was written', EXIT.failed);
}
