/** What is wrong with a body as a whole. */
import { Fault, type FieldFault } from '../faults.ts';

/** `invalid-request` for the body itself, with what it must be. */
export function invalidBody(message: string, detail = `body: ${message}`): Fault {
  const field: FieldFault = { in: 'body', pointer: '', message };
  return new Fault('invalid-request', detail, {}, [field]);
}

/** A number that would be stored as another one. */
export const inexactNumber = (number: string): Fault =>
  invalidBody(
    `has ${number.slice(0, 60)}, which would not read back exactly. Integers go to 9007199254740991, others have at most 17 digits; send more as text`,
  );

/** A number whose text has more than `max` characters. */
export const tooLongNumber = (max: number): Fault =>
  invalidBody(`has a number of more than ${max} characters; send it as text`);

/** `body-too-large`, with the limit in bytes. */
export const bodyTooLarge = (maxBytes: number): Fault =>
  new Fault('body-too-large', `A body may have at most ${formatSize(maxBytes)} here.`);

const formatSize = (bytes: number): string => (bytes < 2 ** 20 ? `${bytes / 1024} kB` : `${bytes / 2 ** 20} MB`);

const SPACES: ReadonlySet<number | undefined> = new Set(Buffer.from(' \t\r\n'));
const [OPEN_OBJECT] = Buffer.from('{');

/**
 * Throws for a text that is no object, before it is parsed: no operation takes anything else, and of a list of unlike objects the
 * parser keeps a shape for each. `start` is where the text begins.
 */
export function requireObject(body: Buffer, start: number): void {
  let at = start;
  while (SPACES.has(body[at])) at += 1;
  if (body[at] !== OPEN_OBJECT) throw invalidBody('must be object');
}
