/** What is given on standard input or in a file. */
import { readFile } from 'node:fs/promises';
import type { Call } from './call.ts';
import { EXIT, Failure } from './exit.ts';
import { withoutByteOrderMark } from './hook/byte-order-mark.ts';

type Stdin = Pick<Call, 'stdin'>;

/** All of standard input. Refuses to wait for a person who does not know that something is expected. */
export async function readStdin({ stdin }: Stdin, expected: string): Promise<string> {
  if (stdin.isTTY) throw new Failure(`Standard input should hold ${expected}`, EXIT.usage, 'Pipe it in: … < file');
  stdin.setEncoding('utf8');
  let text = '';
  for await (const piece of stdin) text += piece;
  return withoutByteOrderMark(text);
}

/** The text of a file; `-` is standard input. */
export async function readInput(call: Stdin, file: string, expected: string): Promise<string> {
  if (file === '-') return readStdin(call, expected);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Failure(`${file} cannot be read: ${reason}`, EXIT.usage);
  });
  return withoutByteOrderMark(text);
}

/** A JSON object from a file or from standard input. What is in it the server judges. */
export async function readObject<Shape>(call: Stdin, file: string, expected: string): Promise<Shape> {
  const text = await readInput(call, file, expected);
  const name = file === '-' ? 'Standard input' : file;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${name} is no JSON: ${(error as Error).message}`, EXIT.usage);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(`${name} should hold ${expected}`, EXIT.usage);
  return value as Shape;
}
