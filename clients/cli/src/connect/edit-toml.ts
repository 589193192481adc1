/** Edits one table in a TOML file that people write by hand; everything else stays, to the character. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'smol-toml';
import { withoutByteOrderMark } from '../hook/byte-order-mark.ts';
import { isObject, MalformedFileError } from './edit-json.ts';

type Table = Readonly<Record<string, unknown>>;

/** The table at the path; undefined where there is none. Throws `MalformedFileError`. */
export function getTable(text: string, [parent, name]: readonly [string, string]): unknown {
  const under = parseToml(text)[parent];
  if (under === undefined) return undefined;
  if (!isObject(under)) throw new MalformedFileError(`${parent} is not a table`);
  return under[name];
}

/**
 * With the table at the path, in place of one that is there; undefined takes it out. The result is read again and must say
 * what was meant: a file that writes the table in a way that lines cannot be cut out of is refused with `MalformedFileError`.
 */
export function setTable(text: string, path: readonly [string, string], table: Table | undefined): string {
  const [parent, name] = path;
  const before = parseToml(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const remaining = removeTableLines(text, path);
  const ours = table && stringify({ [parent]: { [name]: table } }).trim();
  const body = (ours ?? '').replace(new RegExp(`^\\[${parent}\\]\\n+`), '').replaceAll('\n', eol);
  const gap = remaining === '' || remaining.endsWith(eol + eol) ? '' : remaining.endsWith(eol) ? eol : eol + eol;
  const after = table ? `${remaining}${gap}${body}${eol}` : remaining;
  const { [name]: _, ...others } = (before[parent] ?? {}) as Table;
  const under = table ? { ...others, [name]: table } : others;
  if (!parsesTo(after, { ...before, [parent]: under }, parent))
    throw new MalformedFileError(`${parent}.${name} is written in a way that cannot be changed safely`);
  return after;
}

/** An empty table and none are the same. */
function parsesTo(text: string, meant: Table, parent: string): boolean {
  const normalize = (value: Table) => {
    const { [parent]: under, ...others } = value;
    const isEmpty = isObject(under) && Object.keys(under).length === 0;
    return toPlain(isEmpty ? others : value);
  };
  try {
    return isDeepStrictEqual(normalize(parseToml(text)), normalize(meant));
  } catch {
    return false;
  }
}

/** From the table's header to the next one that is not below it. */
function removeTableLines(text: string, [parent, name]: readonly [string, string]): string {
  const lines = text.split(/(?<=\n)/);
  const isTableHeader = (line: string) =>
    new RegExp(`^\\s*\\[\\s*${parent}\\s*\\.\\s*"?${name}"?\\s*[.\\]]`).test(line);
  const begin = lines.findIndex(isTableHeader);
  if (begin < 0) return text;
  const rest = lines.slice(begin);
  const next = rest.findIndex((line) => /^\s*\[/.test(line) && !isTableHeader(line));
  const end = next < 0 ? rest.length : findCommentStart(rest, next);
  return [...lines.slice(0, begin), ...rest.slice(end)].join('');
}

/** Comments right above the next header belong to that one. */
function findCommentStart(lines: readonly string[], next: number): number {
  let at = next;
  while (at > 1 && /^\s*#/.test(lines[at - 1] ?? '')) at--;
  return at;
}

function parseToml(text: string): Table {
  try {
    return parse(withoutByteOrderMark(text)) as Table;
  } catch (error) {
    throw new MalformedFileError((error as Error).message.split('\n')[0] ?? 'it is no TOML');
  }
}

/** Without the prototypes of a parser. */
const toPlain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
