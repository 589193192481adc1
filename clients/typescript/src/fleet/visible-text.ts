/** Controls other than line break and tab, and characters without a shape, such as those that turn the direction of text. */
const HIDDEN = /[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The text with each hidden character written as its escape (`\u{202e}`): a person who approves a command sees all of
 * it, and a terminal obeys none of it. Lines and indentation stay.
 */
export const revealHidden = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(HIDDEN, (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`);
