/** Edits JSON files that people write by hand: everything else keeps its place, its comments and its form. Pure. */
import {
  applyEdits,
  type JSONPath,
  modify,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { detectEol, findNode, insertValue } from './insert-json.ts';

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

/** The object at the path; nothing where there is none yet. Throws `MalformedFileError` when it is something else. */
export function getObject(text: string, path: readonly string[]): JsonObject {
  let at: unknown = parseObject(text);
  for (const [depth, name] of path.entries()) {
    at = (at as JsonObject)[name];
    if (at === undefined) return {};
    if (!isObject(at)) throw new MalformedFileError(`${path.slice(0, depth + 1).join('.')} is not an object`);
  }
  return at as JsonObject;
}

/** The list at the path; nothing where there is none yet. Throws `MalformedFileError` when it is something else. */
export function getList(text: string, path: readonly [string, ...string[]]): readonly unknown[] {
  const found = getObject(text, path.slice(0, -1))[path.at(-1) as string];
  if (found === undefined) return [];
  if (!Array.isArray(found)) throw new MalformedFileError(`${path.join('.')} is not a list`);
  return found;
}

/** Of two equal names readers take the last, and jsonc-parser would remove the first: the file would read as another then. */
function failIfDoubled(text: string, path: JSONPath): void {
  const root = parseTree(text, [], { allowTrailingComma: true });
  for (const [depth, name] of path.entries()) {
    const parent = root && findNode(root, path.slice(0, depth));
    const doubled = (parent?.children ?? []).filter((property) => property.children?.[0]?.value === name)[1];
    if (doubled)
      throw new MalformedFileError(
        `${path.slice(0, depth + 1).join('.')} stands there twice (${formatLine(text, doubled.offset)})`,
      );
  }
}

/** With the value at the path; an index of -1 adds an item to a list, and undefined takes the value out. */
export function setValue(text: string, path: JSONPath, value: unknown): string {
  const [mark, body] = [getBom(text), stripBom(text)];
  const whole = body.trim() === '' ? `{}${detectEol(body)}` : body;
  if (value === undefined) {
    failIfDoubled(whole, path);
    return mark + applyEdits(whole, modify(whole, path, undefined, {}));
  }
  return mark + insertValue(whole, path, value);
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const getBom = (text: string) => (text.startsWith('\uFEFF') ? '\uFEFF' : '');
const stripBom = (text: string) => text.slice(getBom(text).length);
const formatLine = (text: string, offset: number) => `line ${text.slice(0, offset).split('\n').length}`;
