/** Sets the document title. */
import { useEffect } from 'preact/hooks';
import { pageTitle } from './attention-badge.ts';

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    pageTitle.value = `${title} · Fleetbeat`;
  }, [title]);
}
