/** The frame of every page: its heading, which a new page gives the focus, and the title of the window. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useDocumentTitle } from './use-document-title.ts';

interface PageProps {
  readonly title: string;
  /** Beside the heading. */
  readonly actions?: ComponentChildren;
  /** Above the heading: where this page belongs. */
  readonly breadcrumb?: ComponentChildren;
  readonly children: ComponentChildren;
}

let isFirstPage = true;

export function Page({ title, actions, breadcrumb, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    // The first page leaves the focus where the browser has it; a later one says where the reader is now.
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <>
      <header class="page-head">
        <div class="page-titles">
          {breadcrumb && <div class="page-above">{breadcrumb}</div>}
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
