import { EXIT, Failure } from '../exit.ts';

/** The number of a version as it was typed. */
export function parseVersion(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Failure(`A version is a whole number; it is '${text}'`, EXIT.usage, 'fleetbeat state history lists them');
}
