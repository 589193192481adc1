import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDatabase, type TestDatabase } from '../../support/databases.ts';
import { type ServerProcess, startServer } from '../../support/server-process.ts';

const ADMIN_KEY = 'fb_package-test_0123456789abcdef0123456789abcdef';
const fromRoot = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

const USE = `
import { type components, createFleetbeat, FleetbeatError } from '@fleetbeat/client';
const [baseUrl = '', key = ''] = process.argv.slice(2);
const fleetbeat = createFleetbeat({ baseUrl, key });
const session: components['schemas']['SessionReport'] = await fleetbeat.sessions.create({ name: 'Consumer' });
// @ts-expect-error a status is text
const refusal = await fleetbeat.sessions.update(session.sessionId, { status: 1 }).catch((error: unknown) => error);
console.log(session.name, refusal instanceof FleetbeatError && refusal.kind);
`;

let database: TestDatabase;
let server: ServerProcess;
const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-consumer-'));
beforeAll(async () => {
  mkdirSync(join(folder, 'node_modules', '@fleetbeat'), { recursive: true });
  symlinkSync(fromRoot('clients/typescript'), join(folder, 'node_modules', '@fleetbeat', 'client'));
  symlinkSync(fromRoot('node_modules/@types'), join(folder, 'node_modules', '@types'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'use.ts'), USE);
  database = await newDatabase();
  server = await startServer({ DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
});
afterAll(async () => {
  await server.kill();
  await database.remove();
  rmSync(folder, { recursive: true });
});

test.each([
  ['nodenext', 'nodenext'],
  ['bundler', 'preserve'],
])(
  'the built client compiles under strict TypeScript with moduleResolution %s, and runs',
  async (resolution, module) => {
    const options = ['--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node'];
    const how = ['--moduleResolution', resolution, '--module', module, '--outDir', resolution];
    const compiled = run(fromRoot('node_modules/typescript/bin/tsc'), ...options, ...how, 'use.ts');
    expect(compiled).toEqual({ status: 0, output: '' });
    const { key } = await server.client(ADMIN_KEY).keys.create({ programId: `builder-${resolution}` });
    const used = run(join(resolution, 'use.js'), server.url, key);
    expect(used).toEqual({ status: 0, output: 'Consumer invalid-request\n' });
  },
);

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}
