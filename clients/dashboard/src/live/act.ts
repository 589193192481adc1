/** Something that a person does: one at a time, and its failure is kept to be shown. */
import { useCallback, useRef, useState } from 'preact/hooks';
import { noteRefusal } from '../session.ts';

export interface Act<Input extends unknown[]> {
  /** True while it is under way. */
  readonly busy: boolean;
  readonly error: unknown;
  /** Whether it was done. A second call while the first is under way does nothing. */
  run(...input: Input): Promise<boolean>;
  forget(): void;
}

export function useAct<Input extends unknown[]>(act: (...input: Input) => Promise<unknown>): Act<Input> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  const latest = useRef(act);
  latest.current = act;
  const run = useCallback(async (...input: Input) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    try {
      await latest.current(...input);
      return true;
    } catch (failure) {
      noteRefusal(failure);
      setError(failure);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const forget = useCallback(() => setError(null), []);
  return { busy, error, run, forget };
}
