/** A shortened text that expands. */
interface QuoteProps {
  readonly text: string;
}

const MAX_INLINE_LENGTH = 280;

export const Quote = ({ text }: QuoteProps) =>
  text.length <= MAX_INLINE_LENGTH ? (
    <blockquote class="quote prose" dir="auto">
      {text}
    </blockquote>
  ) : (
    <details class="quote-long">
      <summary>{text.slice(0, MAX_INLINE_LENGTH)}…</summary>
      <blockquote class="quote prose" dir="auto">
        {text}
      </blockquote>
    </details>
  );
