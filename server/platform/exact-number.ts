/** Other programs print numbers with up to 17 digits, which then read back as the same number (IEEE 754 binary64). */
const MAX_DIGITS = 17;

/**
 * Whether JavaScript reads the text of a JSON number as that number. True for numbers beyond the range, such as 1e400, which
 * the check of values rejects.
 */
export function isExactNumber(text: string): boolean {
  const value = Number(text);
  if (!Number.isFinite(value)) return true;
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value);
  const [mantissa = ''] = text.split(/e/i);
  const digits = mantissa.replace(/[-.]/g, '').replace(/^0+/, '');
  const significant = mantissa.includes('.') ? digits.replace(/0+$/, '') : digits;
  return significant.length <= MAX_DIGITS && (value !== 0 || significant === '');
}
