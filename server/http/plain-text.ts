/** Text that every database gives back as it was sent. */
import type { RequestHandler } from 'express';
import { Fault, type FieldFault } from '../faults.ts';
import { deepestOf } from './body.ts';

/**
 * Refuses text that no UTF-8 column can hold: a lone surrogate would be stored as U+FFFD without a word. NUL is refused
 * too, and nesting beyond what a body may have.
 */
export const requirePlainText: RequestHandler = (request, _response, next) => {
  const fault = wrongText(request.body, '', deepestOf(request));
  if (fault) throw new Fault('invalid-request', `${fault.pointer.slice(1) || 'body'}: ${fault.message}`, {}, [fault]);
  next();
};

function wrongText(value: unknown, pointer: string, levels: number): FieldFault | null {
  if (typeof value === 'string') return isPlain(value) ? null : at(pointer, 'must be well-formed Unicode without NUL');
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return at(pointer, 'is nested too deeply');
  for (const [name, inner] of Object.entries(value)) {
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!isPlain(name)) return at(pointer, 'has a name that is not well-formed Unicode without NUL');
    const fault = wrongText(inner, place, levels - 1);
    if (fault) return fault;
  }
  return null;
}

const isPlain = (text: string): boolean => !text.includes('\0') && text.isWellFormed();
const at = (pointer: string, message: string): FieldFault => ({ in: 'body', pointer: pointer.slice(0, 400), message });
