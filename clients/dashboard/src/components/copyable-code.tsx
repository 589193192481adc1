/** Text to be copied. */
import { useState } from 'preact/hooks';

interface CopyableCodeProps {
  /** What it is, for the name of the button. */
  readonly what: string;
  readonly text: string;
}

export function CopyableCode({ what, text }: CopyableCodeProps) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <div class="code">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
      <button type="button" class="button small" onClick={() => void copy()}>
        Copy<span class="unseen"> {what}</span>
      </button>
      <span class="unseen" role="status">
        {copied === true ? 'Copied' : copied === false ? 'Copying is not allowed here: select the text' : ''}
      </span>
      {copied !== null && (
        <span class="code-told faint" aria-hidden="true">
          {copied ? 'Copied' : 'Select the text'}
        </span>
      )}
    </div>
  );
}
