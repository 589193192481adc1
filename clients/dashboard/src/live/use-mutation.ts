/** A write that a user starts: one at a time, with its error for display. */
import { useCallback, useRef, useState } from 'preact/hooks';
import { signOutOnUnauthorized } from '../auth.ts';

export interface Mutation<Input extends unknown[]> {
  /** True while it is in progress. */
  readonly busy: boolean;
  readonly error: unknown;
  /** Resolves with whether it succeeded. A second call while the first is in progress does nothing. */
  run(...input: Input): Promise<boolean>;
  reset(): void;
}

export function useMutation<Input extends unknown[]>(mutate: (...input: Input) => Promise<unknown>): Mutation<Input> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const latest = useRef(mutate);
  latest.current = mutate;
  const run = useCallback(async (...input: Input) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await latest.current(...input);
      return true;
    } catch (failure) {
      signOutOnUnauthorized(failure);
      setError(failure);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const reset = useCallback(() => setError(null), []);
  return { busy, error, run, reset };
}
