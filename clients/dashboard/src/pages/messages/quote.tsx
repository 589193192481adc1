/** What somebody wrote, short enough to be read in passing; the whole opens. */
interface QuoteProps {
  readonly text: string;
}

const MAX_INLINE_LENGTH = 280;

export const Quote = ({ text }: QuoteProps) =>
  text.length <= MAX_INLINE_LENGTH ? (
    <blockquote class="quote prose">{text}</blockquote>
  ) : (
    <details class="quote-long">
      <summary>{text.slice(0, MAX_INLINE_LENGTH)}…</summary>
      <blockquote class="quote prose">{text}</blockquote>
    </details>
  );
