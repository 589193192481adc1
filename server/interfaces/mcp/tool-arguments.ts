/** One rule for every argument of a tool, wherever its HTTP request has it: in the path, the query, a header or the body. Pure. */
import type { Binding } from '../../../openapi/tools.ts';

/**
 * The value that the operation gets; undefined when the argument counts as omitted, because it is null and null means nothing
 * there. A number, boolean, object or list that came as text is parsed, because models quote values and some hosts send
 * objects as JSON; text that would not read back exactly stays text, and validation rejects it.
 */
export function normaliseArgument({ types }: Binding, value: unknown): unknown {
  if (value === null && !types.includes('null')) return undefined;
  return typeof value === 'string' && types.length > 0 && !types.includes('string') ? parseText(value, types) : value;
}

function parseText(text: string, types: readonly string[]): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && types.includes(getType(value)) && readsBackExactly(text) ? value : text;
  } catch {
    return text;
  }
}

const getType = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** Whether every number of a valid JSON text is one that JavaScript can hold: 9007199254740993 is not. */
const readsBackExactly = (json: string): boolean =>
  (json.match(STRING_OR_NUMBER) ?? []).every((token) => token.startsWith('"') || isExactNumber(token));

const isExactNumber = (token: string): boolean => toDecimal(token) === toDecimal(String(Number(token)));

/** Digits and exponent without the zeros that change nothing, so that `1.50`, `1.5` and `15e-1` are equal. */
function toDecimal(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return `${sign}0`;
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
