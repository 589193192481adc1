/** The frame of every page: its heading, which a new page gives the focus, and the title of the window. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTitle } from './title.ts';

interface PageProps {
  readonly title: string;
  /** Beside the heading. */
  readonly actions?: ComponentChildren;
  /** Above the heading: where this page belongs. */
  readonly above?: ComponentChildren;
  readonly children: ComponentChildren;
}

let first = true;

export function Page({ title, actions, above, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(title);
  useEffect(() => {
    // The first page leaves the focus where the browser has it; a later one says where the reader is now.
    if (!first) heading.current?.focus({ preventScroll: true });
    first = false;
  }, []);
  return (
    <>
      <header class="page-head">
        <div class="page-titles">
          {above && <div class="page-above">{above}</div>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
