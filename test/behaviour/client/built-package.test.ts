import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsumerProject, installPackedClient } from '../../support/packed-client.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_package-test_0123456789abcdef0123456789abcdef';

const USE = `
import { type components, createFleetbeat, FleetbeatError } from '@fleetbeat/client';
const [baseUrl = '', key = ''] = process.argv.slice(2);
const fleetbeat = createFleetbeat({ baseUrl, key });
const session: components['schemas']['SessionReport'] = await fleetbeat.sessions.create({ name: 'Consumer' });
// @ts-expect-error a status is a string
const refusal = await fleetbeat.sessions.update(session.sessionId, { status: 1 }).catch((error: unknown) => error);
console.log(session.name, refusal instanceof FleetbeatError && refusal.kind);
// Its timer is unref'ed, so the process exits.
await fleetbeat.session({ name: 'Left open' });
`;

let database: TestDatabase;
let server: ServerProcess;
let consumer: ConsumerProject;
beforeAll(async () => {
  consumer = installPackedClient();
  database = await createTestDatabase();
  server = await startServerProcess({ DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY });
});
afterAll(async () => {
  await server.kill();
  await database.remove();
  consumer.remove();
});

test.each([
  ['nodenext', 'nodenext'],
  ['bundler', 'preserve'],
])(
  'the published client compiles under strict TypeScript with moduleResolution %s, and runs',
  async (resolution, module) => {
    consumer.write('use.ts', USE);
    const options = ['--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node'];
    const moduleOptions = ['--moduleResolution', resolution, '--module', module, '--outDir', resolution];
    expect(consumer.compile(...options, ...moduleOptions, 'use.ts')).toEqual({ status: 0, output: '' });
    const { key } = await server.client(ADMIN_KEY).keys.create({ programId: `builder-${resolution}` });
    const used = consumer.node(`${resolution}/use.js`, {}, server.url, key);
    expect(used).toEqual({ status: 0, output: 'Consumer invalid-request\n' });
  },
  // It compiles every declaration, without skipLibCheck.
  300_000,
);

test("the published client compiles for browsers, without Node's types", () => {
  consumer.write('page.ts', "import { createFleetbeat } from '@fleetbeat/client';\ncreateFleetbeat({ baseUrl: '/' });");
  const compilerOptions = { strict: true, target: 'es2022', lib: ['es2022', 'dom'], types: [], noEmit: true };
  const moduleOptions = { module: 'preserve', moduleResolution: 'bundler' };
  consumer.write(
    'tsconfig.page.json',
    JSON.stringify({ compilerOptions: { ...compilerOptions, ...moduleOptions }, files: ['page.ts'] }),
  );
  expect(consumer.compile('-p', 'tsconfig.page.json')).toEqual({ status: 0, output: '' });
});

test('publint finds no problem in the tarball', async () => {
  const tarball = Uint8Array.from(consumer.tarball).buffer;
  const { messages } = await publint({ pack: { tarball }, strict: true });
  expect(messages).toEqual([]);
});

test("the tarball's types match its code under every module resolution", async () => {
  const checked = await checkPackage(createPackageFromTarballData(consumer.tarball));
  // The oldest resolution of TypeScript reads no `exports`, so it finds the main entry alone.
  const problems = checked.types && checked.problems.filter((problem) => !isOnlyNode10(problem));
  expect(problems).toEqual([]);
});

const isOnlyNode10 = (problem: Problem) =>
  problem.kind === 'NoResolution' && problem.resolutionKind === 'node10' && problem.entrypoint !== '.';

test('a CommonJS program compiles with node16, and requires every entry', () => {
  const program = `
import fleetbeat = require('@fleetbeat/client');
import webhooks = require('@fleetbeat/client/webhooks');
import hooks = require('@fleetbeat/client/hooks');
import testing = require('@fleetbeat/client/testing');
const client: fleetbeat.Fleetbeat = fleetbeat.createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b' });
client.session({ name: 'x', within: 1 }).catch((error: unknown) => {
  const refused = error instanceof fleetbeat.FleetbeatUnreachable;
  console.log(refused, typeof webhooks.verifyWebhook, typeof hooks.withHooks);
});
const fake: testing.FakeFleetbeat = testing.fakeFleetbeat();
fake.client.run('x', ({ programId }) => programId).then((programId) => console.log(programId));
`;
  consumer.write('common.cts', program);
  const options = ['--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--types', 'node', '--skipLibCheck'];
  expect(consumer.compile(...options, '--module', 'node16', 'common.cts')).toEqual({ status: 0, output: '' });
  expect(consumer.node('common.cjs')).toEqual({
    status: 0,
    output: expect.stringMatching(/^(?=.*\bbuilder\n)(?=.*\btrue function function\n)/s),
  });
}, 300_000);
