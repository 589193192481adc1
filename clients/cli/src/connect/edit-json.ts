/** Changes in a JSON file that people write by hand: what is not ours keeps its place, its comments and its form. Pure. */
import { applyEdits, type JSONPath, modify, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { eolOf, place } from './place-json.ts';

/** A text that cannot be changed without guessing. */
export class Malformed extends Error {}

type Value = Readonly<Record<string, unknown>>;

/** The object in the text; a text without any is an empty one. Throws `Malformed`. */
export function objectIn(text: string): Value {
  const errors: ParseError[] = [];
  if (withoutMark(text).trim() === '') return {};
  const value: unknown = parse(withoutMark(text), errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw new Malformed(`${printParseErrorCode(error.error)} in ${lineAt(withoutMark(text), error.offset)}`);
  if (!isObject(value)) throw new Malformed('it is not an object');
  return value;
}

/** The object at the path; nothing where there is none yet. Throws `Malformed` when something else is there. */
export function objectAt(text: string, path: readonly string[]): Value {
  let at: unknown = objectIn(text);
  for (const [depth, name] of path.entries()) {
    at = (at as Value)[name];
    if (at === undefined) return {};
    if (!isObject(at)) throw new Malformed(`${path.slice(0, depth + 1).join('.')} is not an object`);
  }
  return at as Value;
}

/** The list at the path; nothing where there is none yet. Throws `Malformed` when something else is there. */
export function listAt(text: string, path: readonly [string, ...string[]]): readonly unknown[] {
  const found = objectAt(text, path.slice(0, -1))[path.at(-1) as string];
  if (found === undefined) return [];
  if (!Array.isArray(found)) throw new Malformed(`${path.join('.')} is not a list`);
  return found;
}

/** With the value at the path; an index of -1 adds an item to a list, and undefined takes the value out. */
export function withValue(text: string, path: JSONPath, value: unknown): string {
  const [mark, body] = [markOf(text), withoutMark(text)];
  const whole = body.trim() === '' ? `{}${eolOf(body)}` : body;
  if (value === undefined) return mark + applyEdits(whole, modify(whole, path, undefined, {}));
  return mark + place(whole, path, value);
}

export const isObject = (value: unknown): value is Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const markOf = (text: string) => (text.startsWith('\uFEFF') ? '\uFEFF' : '');
const withoutMark = (text: string) => text.slice(markOf(text).length);
const lineAt = (text: string, offset: number) => `line ${text.slice(0, offset).split('\n').length}`;
