/** Asks whether answers from Fleetbeat may allow tools on this machine. Only a person here can say so. */
import { createInterface } from 'node:readline/promises';
import type { Call } from '../call.ts';
import { type ProgramConnection, readConnection } from '../hook/paths.ts';
import { saveProgramConnection } from './program.ts';
import type { Agent } from './targets.ts';

const EXPLANATION = [
  '',
  'When the agent asks for a permission, its question also stands in Fleetbeat, with the whole command. An answer there may',
  'always refuse it. May an answer there also allow it?',
  '  If yes: whoever holds an admin key of your Fleetbeat account, or runs its server, can let commands run on this machine',
  '  under your name, from anywhere, without you at the terminal.',
  '  If no: a command runs only when it is allowed at the terminal of the agent.',
  'It can be changed with --allow-from-afar, and --undo takes it back.',
].join('\n');

interface AskingCall extends Pick<Call, 'stdin' | 'stderr'> {
  readonly options: { readonly allowFromAfar?: 'yes' | 'no' | undefined; readonly yes?: boolean | undefined };
}

/**
 * What `--allow-from-afar` says, else what was saved, else what the person at the terminal answers. Undefined, which counts as
 * no, when nobody was asked: an agent whose dialogs cannot be answered from afar, `--yes`, or no terminal.
 */
export async function askAboutAnswers(
  { options, stdin, stderr }: AskingCall,
  agent: Agent,
  saved: boolean | undefined,
): Promise<boolean | undefined> {
  if (options.allowFromAfar !== undefined) return options.allowFromAfar === 'yes';
  if (saved !== undefined || agent !== 'claude-code' || options.yes || !stdin.isTTY) return saved;
  stderr.write(`${EXPLANATION}\n`);
  const terminal = createInterface({ input: stdin, output: stderr });
  const answer = await terminal.question('May answers from Fleetbeat allow commands on this machine? [y/N] ');
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/** Takes it back for a program whose connection other agents still need. */
export function forgetAllowFromAfar({ environment }: Pick<Call, 'environment'>, programId: string): void {
  const connection = readConnection(environment, programId);
  if (connection?.allowFromAfar === undefined) return;
  const { allowFromAfar: _, ...others } = connection;
  saveProgramConnection(environment, programId, others satisfies ProgramConnection);
}
