/** What a page shows of the server: asked for once, again when news of it arrives, and kept while it cannot be had. */

import type { FleetEvent } from '@fleetbeat/client';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { signOutOnUnauthorized } from '../auth.ts';
import { onGap, subscribe } from './stream.ts';

export interface ServerQuery<Value> {
  /** The last good answer, also while a newer one is being asked for or could not be had. */
  readonly value: Value | undefined;
  /** Why the newest request failed. */
  readonly error: unknown;
  readonly loading: boolean;
  reload(): void;
}

interface ServerQueryOptions {
  /** Which events make the answer old. */
  readonly reloadOnEvent?: (event: FleetEvent) => boolean;
  /** A session whose heartbeats make the answer old. */
  readonly reloadOnPulseOf?: string;
}

/** News that comes in a burst is answered by one request. */
const RELOAD_DELAY_MS = 400;

/**
 * Loads, and loads again when `inputs` change, when an event says so, and when events may have been missed. An answer
 * that is overtaken by a newer request is dropped.
 */
export function useServerQuery<Value>(
  load: () => Promise<Value>,
  inputs: readonly unknown[],
  { reloadOnEvent, reloadOnPulseOf }: ServerQueryOptions = {},
): ServerQuery<Value> {
  const [state, setState] = useState<Omit<ServerQuery<Value>, 'reload'>>({
    value: undefined,
    error: null,
    loading: true,
  });
  const latest = useRef({ load, reloadOnEvent, reloadOnPulseOf, request: 0 });
  Object.assign(latest.current, { load, reloadOnEvent, reloadOnPulseOf });

  const reload = useCallback(() => {
    const request = ++latest.current.request;
    const settle = (change: Partial<ServerQuery<Value>>) => {
      if (request === latest.current.request) setState((before) => ({ ...before, ...change, loading: false }));
    };
    setState((before) => ({ ...before, loading: true }));
    latest.current.load().then(
      (value) => settle({ value, error: null }),
      (error: unknown) => {
        signOutOnUnauthorized(error);
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
    const scheduleReload = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        reload();
      }, RELOAD_DELAY_MS);
    };
    const unsubscribers = [
      subscribe(({ events, pulses }) => {
        const { reloadOnEvent, reloadOnPulseOf } = latest.current;
        if (reloadOnEvent && events.some(reloadOnEvent)) scheduleReload();
        else if (pulses.some(({ sessionId }) => sessionId === reloadOnPulseOf)) scheduleReload();
      }),
      onGap(scheduleReload),
    ];
    return () => {
      clearTimeout(timer);
      for (const unsubscribe of unsubscribers) unsubscribe();
    };
  }, [reload]);

  return { ...state, reload };
}
