/** The title of the window. */
import { useEffect } from 'preact/hooks';

export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Fleetbeat`;
  }, [title]);
}
