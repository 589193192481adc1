/** Something that a person does: one at a time, and its failure is kept to be shown. */
import { useCallback, useRef, useState } from 'preact/hooks';
import { signOutOnUnauthorized } from '../auth.ts';

export interface Mutation<Input extends unknown[]> {
  /** True while it is under way. */
  readonly busy: boolean;
  readonly error: unknown;
  /** Whether it was done. A second call while the first is under way does nothing. */
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
