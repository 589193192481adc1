/** Edits JSON files that people write by hand: everything else keeps its place, its comments and its form. Pure. */
import {
  applyEdits,
  findNodeAtLocation,
  type JSONPath,
  modify,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { detectEol, insertValue } from './insert-json.ts';

/** A text that cannot be changed without guessing. */
export class MalformedFileError extends Error {}

type JsonObject = Readonly<Record<string, unknown>>;

/** The object in the text; an empty text is an empty object. Throws `MalformedFileError`. */
export function parseObject(text: string): JsonObject {
  const errors: ParseError[] = [];
  if (stripBom(text).trim() === '') return {};
  const value: unknown = parse(stripBom(text), errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error)
    throw new MalformedFileError(`${printParseErrorCode(error.error)} in ${formatLine(stripBom(text), error.offset)}`);
  if (!isObject(value)) throw new MalformedFileError('it is not an object');
  return value;
}

/** The object at the path; nothing where there is none yet. Throws `MalformedFileError` when it is something else, or stands there twice. */
export function getObject(text: string, path: readonly string[]): JsonObject {
  let at: unknown = parseObject(text);
  for (const [depth, name] of path.entries()) {
    failIfDoubled(text, path.slice(0, depth), name);
    at = (at as JsonObject)[name];
    if (at === undefined) return {};
    if (!isObject(at)) throw new MalformedFileError(`${path.slice(0, depth + 1).join('.')} is not an object`);
  }
  return at as JsonObject;
}

/** The list at the path; nothing where there is none yet. Throws `MalformedFileError` when it is something else, or stands there twice. */
export function getList(text: string, path: readonly [string, ...string[]]): readonly unknown[] {
  const name = path.at(-1) as string;
  const found = getObject(text, path.slice(0, -1))[name];
  failIfDoubled(text, path.slice(0, -1), name);
  if (found === undefined) return [];
  if (!Array.isArray(found)) throw new MalformedFileError(`${path.join('.')} is not a list`);
  return found;
}

/** Readers of JSON take the last of two equal names, and an edit finds the first: a change would be lost unseen. */
function failIfDoubled(text: string, path: readonly string[], name: string): void {
  const root = parseTree(stripBom(text), [], { allowTrailingComma: true });
  const parent = root && (path.length === 0 ? root : findNodeAtLocation(root, [...path]));
  const doubled = (parent?.children ?? []).filter((property) => property.children?.[0]?.value === name)[1];
  if (!doubled) return;
  throw new MalformedFileError(
    `${[...path, name].join('.')} stands there twice (${formatLine(stripBom(text), doubled.offset)})`,
  );
}

/** With the value at the path; an index of -1 adds an item to a list, and undefined takes the value out. */
export function setValue(text: string, path: JSONPath, value: unknown): string {
  const [mark, body] = [getBom(text), stripBom(text)];
  const whole = body.trim() === '' ? `{}${detectEol(body)}` : body;
  if (value === undefined) return mark + applyEdits(whole, modify(whole, path, undefined, {}));
  return mark + insertValue(whole, path, value);
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const getBom = (text: string) => (text.startsWith('\uFEFF') ? '\uFEFF' : '');
const stripBom = (text: string) => text.slice(getBom(text).length);
const formatLine = (text: string, offset: number) => `line ${text.slice(0, offset).split('\n').length}`;
