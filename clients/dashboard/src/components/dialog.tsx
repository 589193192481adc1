/** A dialog over the page: it takes the focus, keeps it, and gives it back. Escape closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  /** Absent where it must not be closed by accident: it then ends by a button of its own. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

const FIELDS = 'input:not([type=checkbox], [type=radio]), select, textarea, [data-first]';

export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const before = document.activeElement;
    element.showModal();
    (element.querySelector<HTMLElement>(FIELDS) ?? heading.current)?.focus();
    return () => {
      element.close();
      // What opened it may be gone with what was done.
      const opener = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : null;
      (opener ?? document.querySelector<HTMLElement>('h1'))?.focus();
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
      onClose={() => {
        // A browser closes it at the second Escape whatever the page says.
        if (onClose) onClose();
        else dialog.current?.showModal();
      }}
    >
      <header class="dialog-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        {onClose && (
          <button type="button" class="button quiet icon-only" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
