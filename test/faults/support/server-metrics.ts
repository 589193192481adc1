/** The metrics of a server. */
import { bearer, sendRaw } from '../../support/raw-request.ts';

export interface ServerMetrics {
  readonly openFiles: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly residentBytes: number;
  readonly cpuSeconds: number;
  readonly streams: number;
  readonly cutStreams: number;
}

/** `key` must be an operator's or admin's. */
export async function readServerMetrics(baseUrl: string, key: string): Promise<ServerMetrics> {
  const { status, text } = await sendRaw(baseUrl, { method: 'GET', path: '/metrics', headers: bearer(key) });
  if (status !== 200) throw new Error(`/metrics answers ${status}: ${text}`);
  const readMetric = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  return {
    openFiles: readMetric('process_open_fds'),
    heapBytes: readMetric('nodejs_heap_size_used_bytes'),
    externalBytes: readMetric('nodejs_external_memory_bytes'),
    residentBytes: readMetric('process_resident_memory_bytes'),
    cpuSeconds: readMetric('process_cpu_seconds_total'),
    streams: readMetric('fleetbeat_event_streams'),
    cutStreams: readMetric('fleetbeat_event_streams_cut_total'),
  };
}

export const formatMegabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;
