/** The end of the process: no new connections, the requests in flight get their answers, then the store closes. */
import type { Server, ServerResponse } from 'node:http';
import type { Log } from './platform/log.ts';

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** Requests that have not finished by then are cut off. */
const DRAIN_MS = 10_000;
/** The process leaves by then, whatever still hangs. */
const FORCE_EXIT_MS = 15_000;
/** Ctrl-C under npm arrives twice, from the terminal and from npm: only a later signal means that somebody insists. */
const DUPLICATE_SIGNAL_MS = 1_000;

interface Stoppable {
  /** Ends the answers that would never end by themselves. */
  stopStreams(): void;
  close(): Promise<void>;
}

/** Drains on the first SIGTERM or SIGINT; a later one cuts off what is still in flight. */
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
        log.error({ err: error }, 'stopped badly');
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
  // A client that was told to keep its connection would send its next request into a server that is gone.
  for (const response of inFlight) if (!response.headersSent) response.setHeader('Connection', 'close');
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  await closed;
  clearTimeout(late);
  clearInterval(idle);
  await appContext.close();
  log.info('stopped');
}
