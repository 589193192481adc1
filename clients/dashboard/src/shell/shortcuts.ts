/** The keys that work on every page, and what they open. What is opened is loaded when it is first needed. */
import { signal } from '@preact/signals';

export type Overlay = 'palette' | 'keys';

/** What lies over the page; null for nothing. */
export const overlay = signal<Overlay | null>(null);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input:not([type="checkbox"], [type="radio"]), textarea, select') !== null;

/** Listens until the returned function is called. Within a dialog only the browser's own keys work. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { key, target } = event;
    if (document.querySelector('dialog[open]')) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === 'k') return open(event, 'palette');
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
    if (key === '?') return open(event, 'keys');
    if (key !== '/') return;
    const search = document.querySelector<HTMLElement>('main input[type="search"]');
    if (!search) return open(event, 'palette');
    event.preventDefault();
    search.focus();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

function open(event: Event, wanted: Overlay): void {
  event.preventDefault();
  overlay.value = wanted;
}
