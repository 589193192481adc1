/** The hooks' block in a program's handover notes. Pure. The agent's own words stay as they are. */
import type { Handoff } from './session-update.ts';
import { truncateLine, truncateText } from './truncate.ts';

const BEGIN = '--- from the hooks, ';
const END = '--- end';
const BLOCK = /(?:\n\n|^)--- from the hooks, (\S+)\nSession (\S+)\.\n([\s\S]*?)\n?--- end/;
/** The limit of `handoffNotes`, in characters. */
const MAX_NOTES_LENGTH = 20_000;

export interface Summary {
  readonly lastTask: string | null;
  readonly handoffNotes: string | null;
}

/** The change to write. Null when the notes hold it already or hold something newer, or when there is nothing to write. */
export function mergeHandoff(
  now: Summary,
  { prompt, answer }: Handoff,
  sessionId: string,
  at: Date,
): { readonly handoffNotes: string } | null {
  const notes = now.handoffNotes ?? '';
  const [, writtenAt, writtenBy, writtenLines = ''] = BLOCK.exec(notes) ?? [];
  const lines = toLines(prompt, answer);
  if (lines.length === 0) return null;
  if (writtenAt !== undefined && Date.parse(writtenAt) >= at.getTime()) return null;
  // An end that did not hear the answer must not remove the one that its turn left.
  const previousAnswer =
    writtenBy === sessionId && answer === null && lines[0]?.startsWith(PROMPT)
      ? findAnswer(writtenLines, lines[0])
      : [];
  const block = [`${BEGIN}${at.toISOString()}`, `Session ${sessionId}.`, ...lines, ...previousAnswer, END].join('\n');
  const own = notes.replace(BLOCK, '').trim();
  const whole = own === '' ? block : `${own}\n\n${block}`;
  // The agent's notes come first: rather no block than fewer of those.
  return whole.length > MAX_NOTES_LENGTH ? null : { handoffNotes: whole };
}

const PROMPT = 'Last prompt: ';
const ANSWER = 'Last answer: ';

const toLines = (prompt: string | null, answer: string | null): string[] => [
  ...(prompt === null ? [] : [`${PROMPT}${truncateLine(prompt, 500)}`]),
  ...(answer === null ? [] : [`${ANSWER}${escapeMarkers(truncateText(answer, 1_500))}`]),
];

/** The answer of a block, if the block is about the same prompt. */
function findAnswer(lines: string, prompt: string): string[] {
  const found = lines.indexOf(ANSWER);
  return found >= 0 && lines.startsWith(`${prompt}\n`) ? [lines.slice(found)] : [];
}

/** So that an agent's words cannot end the block. */
const escapeMarkers = (text: string): string => text.replaceAll(/^---/gm, '- -');
