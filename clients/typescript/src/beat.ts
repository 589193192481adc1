/** What a session reports about its work, made harmless: a report must never fail because of its values. Pure. */
import type { Schemas } from './contract-types.js';

/** What `session.beat` reports. The newest value of each field is sent. */
export type Beat = Partial<
  Pick<
    Schemas['SessionUpdate'],
    'status' | 'progress' | 'projectName' | 'contextUsedPercent' | 'contextBytes' | 'contextLimitBytes'
  >
>;

const MAX_STATUS_LENGTH = 200;
const MAX_PROJECT_LENGTH = 100;

/** At most that many characters, the last an ellipsis when something was cut; never half a character. */
export function shorten(text: string, length = MAX_STATUS_LENGTH): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}

/** The report with long texts cut, percentages between 0 and 100, bytes as integers, and without what is no number. */
export function sanitizeBeat(beat: Beat): Beat {
  const sane: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(beat)) {
    if (value === null) sane[name] = null;
    else if (typeof value === 'string') sane[name] = shorten(value, name === 'status' ? undefined : MAX_PROJECT_LENGTH);
    else if (typeof value === 'number' && !Number.isNaN(value)) sane[name] = clamp(name, value);
  }
  if (sane['status'] === '') delete sane['status'];
  return sane as Beat;
}

function clamp(name: string, value: number): number {
  if (!name.endsWith('Bytes')) return Math.min(100, Math.max(0, value));
  const least = name === 'contextLimitBytes' ? 1 : 0;
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(least, Math.round(value)));
}
