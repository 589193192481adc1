/**
 * Which of our own files one warm heartbeat enters, from the socket to the row, by V8's precise coverage of the built
 * server on SQLite. Prints each file with the functions that ran.
 */

import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../dist/', import.meta.url);
const ADMIN_KEY = 'fb_path_0123456789abcdef0123456789abcdef';
/** Enough for caches to be filled and validators to be compiled. */
const WARM_UPS = 20;
const RUNS = 5;
type ScriptCoverage = Profiler.ScriptCoverage;
const importBuilt = async (path: string) => import(new URL(`server/${path}.js`, DIST).href);

const { createAppContext } = (await importBuilt('app-context')) as typeof import('../server/app-context.ts');
const { readConfig } = (await importBuilt('config')) as typeof import('../server/config.ts');
const { createLogger } = (await importBuilt('platform/log')) as typeof import('../server/platform/log.ts');
const { createHttpServer } = (await importBuilt(
  'platform/http/http-server',
)) as typeof import('../server/platform/http/http-server.ts');
const { handleMalformedRequests } = (await importBuilt(
  'platform/http/malformed-requests',
)) as typeof import('../server/platform/http/malformed-requests.ts');

const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-path-'));
const config = readConfig({ DATABASE_URL: `sqlite:${folder}/path.db`, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
const context = await createAppContext(config, createLogger('silent'));
const server = createHttpServer(context.app);
handleMalformedRequests(server);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

async function send(key: string, method: string, path: string, body: object): Promise<Record<string, string>> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const call = request({ port, host: '127.0.0.1', method, path, headers }).end(JSON.stringify(body));
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const text = (await response.setEncoding('utf8').toArray()).join('');
  if (response.statusCode !== 200 && response.statusCode !== 201) throw new Error(`${response.statusCode}: ${text}`);
  return JSON.parse(text);
}

const { key = '' } = await send(ADMIN_KEY, 'POST', '/v1/keys', { programId: 'builder' });
await send(key, 'POST', '/v1/sessions', { sessionId: 'one', name: 'One' });
const heartbeat = () => send(key, 'PATCH', '/v1/sessions/one', { status: 'Busy', lastHeartbeat: true });
for (let count = 0; count < WARM_UPS; count += 1) await heartbeat();

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
const runs: ScriptCoverage[][] = [];
for (let run = 0; run < RUNS; run += 1) {
  // Taking the coverage resets its counts.
  await session.post('Profiler.takePreciseCoverage');
  await heartbeat();
  runs.push((await session.post('Profiler.takePreciseCoverage')).result);
}
session.disconnect();
server.close();
server.closeAllConnections();
await context.close();
rmSync(folder, { recursive: true });

const prefix = fileURLToPath(DIST);
const toFiles = (scripts: readonly ScriptCoverage[]) =>
  scripts
    .filter(({ url }) => url.startsWith(DIST.href))
    .map(({ url, functions }) => ({
      path: fileURLToPath(url).slice(prefix.length).replace(/\.js$/, '.ts'),
      functions: functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0).map(({ functionName }) => functionName),
    }))
    .filter(({ functions }) => functions.length > 0)
    .toSorted((one, other) => one.path.localeCompare(other.path));
// The shortest: during the others a timer fired, or the cached key had expired.
const files = runs.map(toFiles).reduce((shortest, each) => (each.length < shortest.length ? each : shortest));
if (process.argv.includes('--json')) console.log(JSON.stringify(files));
else {
  for (const { path, functions } of files) console.log(`${path}  ${functions.map((name) => name || '()').join(' ')}`);
  const calls = files.reduce((sum, { functions }) => sum + functions.length, 0);
  console.log(`${files.length} files, ${calls} functions`);
}
