/** Cuts texts to the limits of the server. Pure. */

const STATUS_LENGTH = 200;

/** The text in one line, cut between characters. */
export function truncateLine(text: string, length = STATUS_LENGTH): string {
  const flat = stripControls(text).replace(/\s+/g, ' ').trim();
  return truncate(flat, length);
}

/** The text cut between characters, its lines kept. */
export const truncateText = (text: string, length: number): string => truncate(stripControls(text).trim(), length);

/** Without what the server refuses or a reader takes for a line end: control characters, and halves of surrogate pairs. */
const stripControls = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ' ');

function truncate(text: string, length: number): string {
  if (text.length <= length) return text;
  const start = text.slice(0, length - 1);
  // Not between the halves of a surrogate pair.
  return `${start.isWellFormed() ? start : start.slice(0, -1)}…`;
}
