/** What somebody wrote, short enough to be read in passing; the whole opens. */
interface QuoteProps {
  readonly text: string;
}

const SHORT = 280;

export const Quote = ({ text }: QuoteProps) =>
  text.length <= SHORT ? (
    <blockquote class="quote prose">{text}</blockquote>
  ) : (
    <details class="quote-long">
      <summary>{text.slice(0, SHORT)}…</summary>
      <blockquote class="quote prose">{text}</blockquote>
    </details>
  );
