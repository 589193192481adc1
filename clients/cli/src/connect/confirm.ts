/** Asks a person before something is written. */
import { createInterface } from 'node:readline/promises';
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';

/**
 * Returns when the person agreed, or gave `--yes`; else throws a `Failure`. With `details` the person may ask for them first,
 * by the letter d.
 */
export async function requireConfirmation(
  call: Pick<Call, 'stdin' | 'stderr'>,
  yes: boolean,
  question: string,
  details?: () => string,
): Promise<void> {
  if (yes) return;
  if (!call.stdin.isTTY) throw new Failure('Nothing was written: nobody is here to ask', EXIT.usage, '--yes writes it');
  const terminal = createInterface({ input: call.stdin, output: call.stderr });
  const ask = () => terminal.question(`${question} ${details ? '[y/N, d shows every line]' : '[y/N]'} `);
  let answer = await ask();
  while (details && /^d(iff)?$/i.test(answer.trim())) {
    call.stderr.write(`${details()}\n\n`);
    answer = await ask();
  }
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Failure('Nothing was written', EXIT.failed);
}
