/**
 * A list that renders only visible rows, so that a thousand rows scroll like ten. All rows have one height, given by the
 * style sheet as `--row` in rem; `aria-posinset` and `aria-setsize` give screen readers each row's position.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps {
  readonly label: string;
  readonly ids: readonly string[];
  readonly children: (id: string) => ComponentChildren;
  readonly class: string;
}

/** Rows rendered beyond the visible ones. The window moves in steps of this size, so that not every frame renders. */
const OVERSCAN = 8;

export function VirtualList({ label, ids, children, class: name }: VirtualListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [{ height, from, to }, setRange] = useState({ height: 64, from: 0, to: 30 });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    let layout = { top: 0, height: 64 };
    const updateRange = () => {
      const first = (scrollY - layout.top) / layout.height;
      const step = Math.floor(first / OVERSCAN) * OVERSCAN;
      const next = {
        height: layout.height,
        from: Math.max(0, step - OVERSCAN),
        to: step + 2 * OVERSCAN + Math.ceil(innerHeight / layout.height),
      };
      setRange((before) => (isSameRange(before, next) ? before : next));
    };
    // Measured only after a resize: measuring at every scroll would force a layout each time.
    const measure = () => {
      const row = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row'));
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      layout = { top: element.getBoundingClientRect().top + scrollY, height: row * rem };
      updateRange();
    };
    measure();
    addEventListener('scroll', updateRange, { passive: true });
    addEventListener('resize', measure);
    // Content above the list (the queue, a banner) may grow or shrink.
    const watcher = new ResizeObserver(measure);
    watcher.observe(document.body);
    return () => {
      removeEventListener('scroll', updateRange);
      removeEventListener('resize', measure);
      watcher.disconnect();
    };
  }, []);

  return (
    <ul ref={list} class={`virtual ${name}`} aria-label={label} style={{ height: `${ids.length * height}px` }}>
      {ids.slice(from, Math.max(from, to)).map((id, index) => (
        <li
          key={id}
          aria-setsize={ids.length}
          aria-posinset={from + index + 1}
          style={{ transform: `translateY(${(from + index) * height}px)`, height: `${height}px` }}
        >
          {children(id)}
        </li>
      ))}
    </ul>
  );
}

interface VisibleRange {
  readonly height: number;
  readonly from: number;
  readonly to: number;
}
const isSameRange = (a: VisibleRange, b: VisibleRange): boolean =>
  a.height === b.height && a.from === b.from && a.to === b.to;
