/**
 * Which of our own files one warm heartbeat enters, from the socket to the row, by V8's precise coverage of the built
 * server on SQLite. Prints each file with the functions that ran.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { Session } from 'node:inspector/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = new URL('../dist/', import.meta.url);
const KEY = 'fb_path_0123456789abcdef0123456789abcdef';
/** Enough for caches to be filled and validators to be compiled. */
const WARM_UPS = 20;
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
const config = readConfig({ DATABASE_URL: `sqlite:${folder}/path.db`, FLEETBEAT_ADMIN_KEY: KEY });
const context = await createAppContext(config, createLogger('silent'));
const server = createHttpServer(context.app);
handleMalformedRequests(server);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

function send(method: string, path: string, body: object): Promise<number> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const call = request({ port, host: '127.0.0.1', method, path, headers }, (response: IncomingMessage) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    call.once('error', reject).end(JSON.stringify(body));
  });
}

await send('POST', '/v1/sessions', { sessionId: 'one', programId: 'builder', name: 'One' });
const heartbeat = () => send('PATCH', '/v1/sessions/one', { status: 'Busy', lastHeartbeat: true });
for (let count = 0; count < WARM_UPS; count += 1) await heartbeat();

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
const status = await heartbeat();
const { result } = await session.post('Profiler.takePreciseCoverage');
session.disconnect();
server.close();
server.closeAllConnections();
await context.close();
rmSync(folder, { recursive: true });

if (status !== 200) throw new Error(`The heartbeat was answered with ${status}`);
const prefix = fileURLToPath(DIST);
const files = result
  .filter(({ url }) => url.startsWith(DIST.href))
  .map(({ url, functions }) => ({
    path: fileURLToPath(url).slice(prefix.length).replace(/\.js$/, '.ts'),
    functions: functions.filter(({ ranges }) => (ranges[0]?.count ?? 0) > 0).map(({ functionName }) => functionName),
  }))
  .filter(({ functions }) => functions.length > 0)
  .toSorted((one, other) => one.path.localeCompare(other.path));
if (process.argv.includes('--json')) console.log(JSON.stringify(files));
else {
  for (const { path, functions } of files) console.log(`${path}  ${functions.map((name) => name || '()').join(' ')}`);
  const calls = files.reduce((sum, { functions }) => sum + functions.length, 0);
  console.log(`${files.length} files, ${calls} functions`);
}
