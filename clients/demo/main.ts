/** `make demo`: a server with a simulated fleet to watch in a browser, until Ctrl-C. */
import { setMaxListeners } from 'node:events';
import { simulate } from './fleet.ts';
import { startDemoServer } from './server.ts';

const BEAT_MS = 3_000;
const stop = new AbortController();
// Every agent adds a listener to the signal.
setMaxListeners(0, stop.signal);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const server = await startDemoServer(process.env['PORT'] ?? '8787');
  const ended = server.ended.then(() => stop.abort());
  console.log(`
  A simulated fleet runs at ${server.url}

  Open                      ${server.link}
                            It signs one browser in, once, within ten minutes.
  In others, paste this key ${server.adminKey}

  Ctrl-C ends it and removes what it has stored.
`);
  await simulate(server.url, server.adminKey, { beatMs: BEAT_MS, stop: stop.signal }).finally(server.stop);
  await ended;
} catch (error) {
  console.error(`The demo has ended: ${(error as Error).message}`);
  process.exitCode = 1;
}
