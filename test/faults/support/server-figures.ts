/** What a server tells of itself on /metrics. */
import { bearer, send } from '../../support/send.ts';

export interface Figures {
  readonly openFiles: number;
  readonly heapBytes: number;
  readonly residentBytes: number;
  readonly streams: number;
  readonly cutStreams: number;
}

/** `key` is an operator's or an admin's. */
export async function figuresOf(baseUrl: string, key: string): Promise<Figures> {
  const { status, text } = await send(baseUrl, { method: 'GET', path: '/metrics', headers: bearer(key) });
  if (status !== 200) throw new Error(`/metrics answers ${status}: ${text}`);
  const figure = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    openFiles: figure('process_open_fds'),
    heapBytes: figure('nodejs_heap_size_used_bytes'),
    residentBytes: figure('process_resident_memory_bytes'),
    streams: figure('fleetbeat_event_streams'),
    cutStreams: figure('fleetbeat_event_streams_cut_total'),
  };
}

export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
