/** The hooks' part of a program's handover notes. Pure. What the agent itself has written stays as it is. */
import type { Handoff } from './session-update.ts';
import { truncateLine, truncateText } from './truncate.ts';

const BEGIN = '--- from the hooks, ';
const END = '--- end';
const BLOCK = /(?:\n\n|^)--- from the hooks, (\S+)\n[\s\S]*?\n--- end/;
/** `handoffNotes` takes so many characters. */
const MAX_NOTES_LENGTH = 20_000;

export interface Summary {
  readonly lastTask: string | null;
  readonly handoffNotes: string | null;
}

/** What to write; null when it stands there already, when something newer does, or when there is nothing to say. */
export function mergeHandoff(now: Summary, handoff: Handoff, sessionId: string, at: Date): Partial<Summary> | null {
  const { prompt, answer } = handoff;
  if (prompt === null && answer === null) return null;
  const notes = now.handoffNotes ?? '';
  const written = BLOCK.exec(notes);
  if (written && Date.parse(written[1] as string) >= at.getTime()) return null;
  const block = [
    `${BEGIN}${at.toISOString()}`,
    `Session ${sessionId}.`,
    ...(prompt === null ? [] : [`Last prompt: ${truncateLine(prompt, 500)}`]),
    ...(answer === null ? [] : [`Last answer: ${escapeMarkers(truncateText(answer, 1_500))}`]),
    END,
  ].join('\n');
  const own = notes.replace(BLOCK, '').trim();
  const whole = own === '' ? block : `${own}\n\n${block}`;
  // Its own notes come first: rather none of ours than less of those.
  if (whole.length > MAX_NOTES_LENGTH) return null;
  return {
    handoffNotes: whole,
    ...(now.lastTask === null && prompt !== null && { lastTask: truncateLine(prompt, 500) }),
  };
}

/** Words of an agent cannot end the block. */
const escapeMarkers = (text: string): string => text.replaceAll(/^---/gm, '- -');
