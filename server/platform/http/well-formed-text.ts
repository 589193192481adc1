/** Text and numbers that every database gives back as they were sent. */
import { Fault, type FieldFault, invalidField } from '../faults.ts';
import { getMaxDepth } from './body.ts';
import type { SyncMiddleware } from './compose-middleware.ts';

/**
 * What the validator lets through: it reads `limit=1e400` as Infinity and then finds it below every maximum, and bytes that
 * are no UTF-8 have become U+FFFD before it sees them. To be called behind it: only there a parameter is known.
 */
export const requireWellFormedQuery: SyncMiddleware = ({ query, url }) => {
  if (!url.includes('?')) return;
  for (const pair of url.slice(`${url}?`.indexOf('?') + 1).split('&')) {
    const [name = ''] = pair.split('=', 1);
    if (!isWellFormedEncoded(pair)) throw invalidField('query', `/${name}`, 'must be well-formed Unicode without NUL');
  }
  for (const [name, value] of Object.entries(query as Record<string, unknown>)) {
    if (isInfinite(value)) throw invalidField('query', `/${name}`, 'must be a finite number');
  }
};

/**
 * Refuses text that no UTF-8 column can hold: a lone surrogate would be stored as U+FFFD without a word. NUL is refused
 * too, a number too large for JSON's readers (1e400 would be stored as null), and nesting beyond what a body may have.
 */
export const requireWellFormedBody: SyncMiddleware = (request) => {
  const path: (string | number)[] = [];
  const message = faultWithin(request.body, getMaxDepth(request), path);
  if (message === null) return;
  const fault = bodyFault(path.map(pointerStep).reverse().join(''), message);
  throw new Fault('invalid-request', `${fault.pointer.slice(1) || 'body'}: ${fault.message}`, {}, [fault]);
};

/**
 * What is wrong within a value, and its `path`, from the inside out; null when nothing is. Most bodies are right, and a large
 * one is not copied for that: nothing is made but for what is wrong.
 */
function faultWithin(value: unknown, levels: number, path: (string | number)[]): string | null {
  if (typeof value === 'string') return isWellFormed(value) ? null : 'must be well-formed Unicode without NUL';
  if (isInfinite(value)) return 'must be a finite number';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return 'is nested too deeply';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const message = faultWithin(value[index], levels - 1, path);
      if (message !== null) return noted(path, index, message);
    }
    return null;
  }
  // What JSON.parse makes inherits no name that could be enumerated.
  for (const name in value) {
    if (!isWellFormed(name)) return 'has a name that is not well-formed Unicode without NUL';
    const message = faultWithin((value as Record<string, unknown>)[name], levels - 1, path);
    if (message !== null) return noted(path, name, message);
  }
  return null;
}

function noted(path: (string | number)[], step: string | number, message: string): string {
  path.push(step);
  return message;
}

const pointerStep = (step: string | number): string => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isInfinite = (value: unknown): boolean => typeof value === 'number' && !Number.isFinite(value);
const isWellFormed = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/** Whether text of a URL is plain once it is decoded. */
function isWellFormedEncoded(text: string): boolean {
  try {
    return isWellFormed(decodeURIComponent(text));
  } catch {
    return false;
  }
}

const bodyFault = (pointer: string, message: string): FieldFault => ({
  in: 'body',
  pointer: pointer.slice(0, 400),
  message,
});
