/** State in the URL's query. */
import { useLocation } from 'preact-iso';

/** The value of a query parameter, and its setter. The fallback value is left out of the URL. */
export function useSearchParam(name: string, fallback = ''): [string, (value: string) => void] {
  const { query, route } = useLocation();
  const setValue = (value: string) => {
    // Read again: another parameter may have changed since the last render.
    const next = new URLSearchParams(location.search);
    if (value === fallback) next.delete(name);
    else next.set(name, value);
    const text = next.toString();
    route(location.pathname + (text && `?${text}`), true);
  };
  return [query[name] ?? fallback, setValue];
}
