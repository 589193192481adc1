/** Cuts messages, texts and handovers to a size, and keeps the beginning of what is too long. Pure functions. */
import type { components } from '../../../openapi/generated/types.ts';
import { fitItems, fitText, itemSize } from './token-budget.ts';

type Message = components['schemas']['Message'];
type Handover = components['schemas']['Handover'];

/** A message whose text would be cut to less is left out. */
const LEAST_TEXT_BYTES = 80;

export const sizeOfAll = (items: readonly unknown[]): number =>
  items.reduce<number>((sum, item) => sum + itemSize(item), 0);
export const sizeOfFirst = ([first]: readonly unknown[]): number => (first === undefined ? 0 : itemSize(first));
export const countCharacters = (messages: readonly Message[]): number =>
  messages.reduce((sum, { text }) => sum + text.length, 0);

/** The longest prefix of the messages that fits; the text of the last one may be cut. */
export function fitMessages(messages: readonly Message[], bytes: number): Message[] {
  const whole = fitItems(messages, bytes);
  const next = messages[whole.length];
  if (!next) return whole;
  const left = bytes - sizeOfAll(whole) - itemSize({ ...next, text: '' }) + itemSize('');
  return left < LEAST_TEXT_BYTES ? whole : [...whole, { ...next, text: fitText(next.text, left) }];
}

/** The longest prefix of the texts that fits; when none fits whole, the beginning of the first. */
export function fitTexts(texts: readonly string[], bytes: number): string[] {
  const whole = fitItems(texts, bytes);
  const [first] = texts;
  if (whole.length > 0 || first === undefined || bytes < LEAST_TEXT_BYTES) return whole;
  return [fitText(first, bytes)];
}

/** All parts of a handover, what the next run needs first in front. */
const HANDOVER_PARTS = Object.keys({
  lastPrompt: true,
  lastCommands: true,
  workingTree: true,
  lastAnswer: true,
  claimedTasks: true,
  contextUsedPercent: true,
  costUsd: true,
  recordedAt: true,
} satisfies Record<keyof Handover, true>) as (keyof Handover)[];

/** The parts of a handover that fit; of a text that doesn't its beginning. */
export function fitHandover(handover: Handover, bytes: number): Handover | null {
  const fitting: Handover = {};
  for (const part of HANDOVER_PARTS) {
    const value = handover[part];
    if (value === undefined) continue;
    const left = bytes - itemSize({ ...fitting, [part]: '' }) + itemSize('');
    const cut = typeof value === 'string' && left >= LEAST_TEXT_BYTES ? fitText(value, left) : value;
    if (itemSize({ ...fitting, [part]: cut }) <= bytes) Object.assign(fitting, { [part]: cut });
  }
  return Object.keys(fitting).length > 0 ? fitting : null;
}
