/** A piece of work that everybody can see. Needs a program's key. */
import { createFleetbeat } from '@fleetbeat/client';

const { FLEETBEAT_URL: baseUrl = 'http://127.0.0.1:8787', FLEETBEAT_KEY: key = '' } = process.env;
const fleetbeat = createFleetbeat({ baseUrl, key });

// Heartbeats go out by themselves until the end of the block, which completes the session.
await using session = await fleetbeat.session({
  name: 'Auth refactor',
  onReport: ({ pendingTasks }) => pendingTasks > 0 && console.log(`${pendingTasks} tasks wait`),
  onError: ({ kind, error }) => console.error(kind, error),
});
await session.progress(50, 'Half way');
// Whatever must stop when another session takes over gets the session's signal.
const answer = await fetch(`${baseUrl}/healthz`, { signal: session.signal });
console.log(`${session.report.name}: ${session.report.progress} %, the server says ${answer.status}`);
await session.progress(100, 'Done');
