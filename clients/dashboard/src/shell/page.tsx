/** The frame of every page: its heading, which receives the focus on navigation, and the document title. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useDocumentTitle } from './use-document-title.ts';

interface PageProps {
  readonly title: string;
  /** Next to the heading. */
  readonly actions?: ComponentChildren;
  /** Above the heading: the parent pages. */
  readonly breadcrumb?: ComponentChildren;
  readonly children: ComponentChildren;
}

let isFirstPage = true;

export function PageLayout({ title, actions, breadcrumb, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    // On the first page the focus stays where the browser put it; after navigation the heading announces the new page.
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <>
      <header class="page-head">
        <div class="page-titles">
          {breadcrumb && <div class="page-above">{breadcrumb}</div>}
          <h1 ref={heading} tabIndex={-1} dir="auto">
            {title}
          </h1>
        </div>
        {actions && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </>
  );
}
