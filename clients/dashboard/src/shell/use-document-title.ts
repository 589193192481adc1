/** Sets the document title. */
import { useEffect } from 'preact/hooks';

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Fleetbeat`;
  }, [title]);
}
