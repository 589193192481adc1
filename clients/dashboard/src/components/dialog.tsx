/** A modal dialog: traps the focus, and restores it when closed. Escape closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  /** Absent if it must not be closed by accident: its content then has the only button that closes it. */
  readonly onClose?: (() => void) | undefined;
  readonly children: ComponentChildren;
}

const FIELDS = 'input:not([type=checkbox], [type=radio]), select, textarea, [data-first]';

export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isLeaving = useRef(false);
  const id = useId();

  useEffect(() => {
    isLeaving.current = false;
    const element = dialog.current;
    if (!element) return;
    const before = document.activeElement;
    element.showModal();
    (element.querySelector<HTMLElement>(FIELDS) ?? heading.current)?.focus();
    return () => {
      // Its event comes later, when another dialog may be open already.
      isLeaving.current = true;
      element.close();
      // The element that opened it may have been removed by the action.
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
        if (isLeaving.current) return;
        // Browsers close it at the second Escape even if the first was prevented.
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
