/** Text with a copy button. */
import { useState } from 'preact/hooks';

interface CopyableCodeProps {
  /** The kind of text, for the name of the button. */
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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable area must be reachable by keyboard */}
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
