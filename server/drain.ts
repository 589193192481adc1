/** Graceful shutdown: no new connections, requests in flight are answered, then the store closes. */
import type { Server, ServerResponse } from 'node:http';
import type { Log } from './platform/log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Requests that run longer are cut off. */
const DRAIN_MS = 10_000;
/** The process exits after this time even if something hangs. */
const FORCE_EXIT_MS = 15_000;
/** Under npm, Ctrl-C arrives twice, from the terminal and from npm. Only a later signal forces the shutdown. */
const DUPLICATE_SIGNAL_MS = 1_000;

interface Stoppable {
  /** Ends streaming responses. */
  stopStreams(): void;
  close(): Promise<void>;
}

/** Drains on the first SIGTERM or SIGINT; a later one cuts off the requests in flight. */
export function drainOnSignal(server: Server, appContext: Stoppable, log: Log): void {
  const inFlight = new Set<ServerResponse>();
  server.prependListener('request', (_request, response) => {
    inFlight.add(response);
    response.once('close', () => inFlight.delete(response));
  });
  let drainingSince: number | null = null;
  const onSignal = () => {
    if (drainingSince !== null)
      return void (performance.now() - drainingSince > DUPLICATE_SIGNAL_MS && server.closeAllConnections());
    drainingSince = performance.now();
    drain(server, inFlight, appContext, log).then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'shutdown failed');
        process.exit(1);
      },
    );
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

async function drain(
  server: Server,
  inFlight: ReadonlySet<ServerResponse>,
  appContext: Stoppable,
  log: Log,
): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  appContext.stopStreams();
  log.info('stopping');
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  setTimeout(() => process.exit(1), FORCE_EXIT_MS).unref();
  // Keep-alive clients would otherwise send their next request to a server that is gone.
  for (const response of inFlight) if (!response.headersSent) response.setHeader('Connection', 'close');
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearTimeout(late);
  clearInterval(idle);
  await appContext.close();
  log.info('stopped');
}
