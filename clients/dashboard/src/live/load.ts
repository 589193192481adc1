/** What a page shows of the server: asked for once, again when news of it arrives, and kept while it cannot be had. */

import type { FleetEvent } from '@fleetbeat/client';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { noteRefusal } from '../session.ts';
import { listen, onGap } from './stream.ts';

export interface Loaded<Value> {
  /** The last good answer, also while a newer one is being asked for or could not be had. */
  readonly value: Value | undefined;
  /** Why the newest request failed. */
  readonly error: unknown;
  readonly loading: boolean;
  reload(): void;
}

interface LoadOptions {
  /** Which events make the answer old. */
  readonly when?: (event: FleetEvent) => boolean;
  /** A session whose heartbeats make the answer old. */
  readonly whenPulsed?: string;
}

/** News that comes in a burst is answered by one request. */
const GATHER_MS = 400;

/**
 * Loads, and loads again when `inputs` change, when an event says so, and when events may have been missed. An answer
 * that is overtaken by a newer request is dropped.
 */
export function useLoad<Value>(
  load: () => Promise<Value>,
  inputs: readonly unknown[],
  { when, whenPulsed }: LoadOptions = {},
): Loaded<Value> {
  const [state, setState] = useState<Omit<Loaded<Value>, 'reload'>>({ value: undefined, error: null, loading: true });
  const latest = useRef({ load, when, whenPulsed, request: 0 });
  Object.assign(latest.current, { load, when, whenPulsed });

  const reload = useCallback(() => {
    const request = ++latest.current.request;
    const settle = (change: Partial<Loaded<Value>>) => {
      if (request === latest.current.request) setState((before) => ({ ...before, ...change, loading: false }));
    };
    setState((before) => ({ ...before, loading: true }));
    latest.current.load().then(
      (value) => settle({ value, error: null }),
      (error: unknown) => {
        noteRefusal(error);
        settle({ error });
      },
    );
  }, []);

  useEffect(() => {
    setState((before) => ({ ...before, value: undefined, error: null }));
    reload();
    return () => void latest.current.request++;
  }, [...inputs]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        reload();
      }, GATHER_MS);
    };
    const ends = [
      listen(({ events, pulses }) => {
        const { when, whenPulsed } = latest.current;
        if (when && events.some(when)) soon();
        else if (pulses.some(({ sessionId }) => sessionId === whenPulsed)) soon();
      }),
      onGap(soon),
    ];
    return () => {
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [reload]);

  return { ...state, reload };
}
