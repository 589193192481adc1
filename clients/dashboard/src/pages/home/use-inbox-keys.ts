/** The keys of the inbox, while nobody types. */
import { useEffect, useRef } from 'preact/hooks';
import type { InboxItem } from './inbox-items.ts';

/** What a key does to a line; an option is counted from 1. */
export type InboxCommand = 'select' | 'done' | 'snooze' | 'reply' | { readonly option: number };

const COMMANDS: Readonly<Record<string, InboxCommand>> = { x: 'select', e: 'done', s: 'snooze', r: 'reply' };

/** Focuses a part of a line. */
export function focusLine(id: string, selector: string): void {
  const found = [...document.querySelectorAll<HTMLElement>('[data-inbox]')].find(
    (element) => element.dataset['inbox'] === id,
  );
  found?.querySelector<HTMLElement>(selector)?.focus();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input:not([type="checkbox"]), textarea, select, dialog') !== null;

/** j and k move the focus from line to line, from the top when no line has it; the others act on the focused line. */
export function useInboxKeys(items: readonly InboxItem[], act: (item: InboxItem, command: InboxCommand) => void): void {
  const latest = useRef({ items, act });
  latest.current = { items, act };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target } = event;
      const line = target instanceof Element ? target.closest<HTMLElement>('[data-inbox]') : null;
      if (key === 'Escape' && line && isTyping(target)) return focusLine(line.dataset['inbox'] ?? '', '.need-open');
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
      const all = latest.current.items;
      const index = all.findIndex(({ id }) => id === line?.dataset['inbox']);
      const focus = (at: number) => {
        const item = all[Math.min(all.length - 1, Math.max(0, at))];
        if (!item) return;
        event.preventDefault();
        focusLine(item.id, '.need-open');
      };
      if (key === 'j') return focus(index + 1);
      if (key === 'k') return focus(index - 1);
      const item = all[index];
      const command = /^[1-8]$/.test(key) ? { option: Number(key) } : COMMANDS[key];
      if (!item || command === undefined) return;
      event.preventDefault();
      latest.current.act(item, command);
      // The line may be gone: the next one has its place.
      if (command === 'done' || command === 'snooze') setTimeout(() => focus(index));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
