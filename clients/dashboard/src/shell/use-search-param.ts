/** What a reader has chosen, kept in the address. */
import { useLocation } from 'preact-iso';

/** The value of a parameter of the address, and how to change it; the fallback is left out of the address. */
export function useSearchParam(name: string, fallback = ''): [string, (value: string) => void] {
  const { query, route } = useLocation();
  const setValue = (value: string) => {
    // Read anew: another parameter may have changed since this was drawn.
    const next = new URLSearchParams(location.search);
    if (value === fallback) next.delete(name);
    else next.set(name, value);
    const text = next.toString();
    route(location.pathname + (text && `?${text}`), true);
  };
  return [query[name] ?? fallback, setValue];
}
