/**
 * A long list of which only what is seen is drawn: a thousand rows scroll as ten do. Rows have one height each, which the
 * style sheet gives; screen readers are told the place of each among all.
 */

import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps {
  readonly label: string;
  readonly ids: readonly string[];
  readonly children: (id: string) => ComponentChildren;
  readonly class: string;
}

/** Rows drawn above and below what is seen. */
const BEYOND = 6;

export function VirtualList({ label, ids, children, class: name }: VirtualListProps) {
  const list = useRef<HTMLUListElement>(null);
  const [{ height, from, to }, setRange] = useState({ height: 72, from: 0, to: 30 });

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const look = () => {
      const rowHeight = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row')) * rem();
      const top = -element.getBoundingClientRect().top;
      const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
      const last = Math.ceil((top + innerHeight) / rowHeight) + BEYOND;
      setRange((before) =>
        before.height === rowHeight && before.from === first && before.to === last
          ? before
          : { height: rowHeight, from: first, to: last },
      );
    };
    look();
    addEventListener('scroll', look, { passive: true });
    addEventListener('resize', look);
    // What stands above may grow or shrink: the queue, a banner.
    const watcher = new ResizeObserver(look);
    watcher.observe(document.body);
    return () => {
      removeEventListener('scroll', look);
      removeEventListener('resize', look);
      watcher.disconnect();
    };
  }, []);

  return (
    <ul ref={list} class={`virtual ${name}`} aria-label={label} style={{ height: `${ids.length * height}px` }}>
      {ids.slice(from, to).map((id, index) => (
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

const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
