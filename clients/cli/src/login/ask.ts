/** Asks a person for something that nobody should read over the shoulder. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';

/** What is typed is not echoed. Ctrl-C and Ctrl-D end it with a `Failure`. */
export async function askSecret({ stdin, stderr }: Pick<Call, 'stdin' | 'stderr'>, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(new Failure('Nothing was kept', EXIT.interrupted)));
      lines.once('close', () => reject(new Failure('Nothing was kept', EXIT.usage)));
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
