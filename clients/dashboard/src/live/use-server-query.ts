/** Data of the server on a page: loaded once, reloaded after events, and kept while a reload fails. */

import type { FleetEvent } from '@fleetbeat/client';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { signOutOnUnauthorized } from '../auth.ts';
import { connection, onGap, subscribe } from './stream.ts';

export interface ServerQuery<Value> {
  /** The last successful result, also while a newer one is loading or has failed. */
  readonly value: Value | undefined;
  /** Why the newest request failed. */
  readonly error: unknown;
  readonly loading: boolean;
  reload(): void;
}

interface ServerQueryOptions {
  /** Events that make the result stale. */
  readonly reloadOnEvent?: (event: FleetEvent) => boolean;
  /** A session whose heartbeats make the result stale. */
  readonly reloadOnPulseOf?: string;
}

/** A burst of events causes one request. */
const RELOAD_DELAY_MS = 400;

/**
 * Loads, and reloads when `inputs` change, after matching events, and when events may have been missed. A result that a
 * newer request has overtaken is dropped.
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
  const latest = useRef({ load, reloadOnEvent, reloadOnPulseOf, request: 0, failed: false });
  Object.assign(latest.current, { load, reloadOnEvent, reloadOnPulseOf });

  const reload = useCallback(() => {
    const request = ++latest.current.request;
    const settle = (change: Partial<ServerQuery<Value>>) => {
      if (request === latest.current.request) setState((before) => ({ ...before, ...change, loading: false }));
    };
    setState((before) => ({ ...before, loading: true }));
    latest.current.load().then(
      (value) => {
        latest.current.failed = false;
        settle({ value, error: null });
      },
      (error: unknown) => {
        signOutOnUnauthorized(error);
        latest.current.failed = true;
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
      // What failed during an outage is there again when the connection is.
      connection.subscribe((state) => {
        if (state === 'open' && latest.current.failed) scheduleReload();
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const unsubscribe of unsubscribers) unsubscribe();
    };
  }, [reload]);

  return { ...state, reload };
}
