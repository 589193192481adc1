/** Compiles and runs the typed client's examples, and the programs in its README and the project's. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsumerProject, installPackedClient } from '../../support/packed-client.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_examples-test_0123456789abcdef0123456789abcdef';
const readText = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const EXAMPLES = 'clients/typescript/examples';
const examples = readdirSync(fileURLToPath(new URL(`../../../${EXAMPLES}`, import.meta.url))).map((file) => ({
  name: file.replace(/\.ts$/, ''),
  text: readText(`${EXAMPLES}/${file}`),
}));
const inDocuments = ['README.md', 'clients/typescript/README.md'].flatMap((path, document) =>
  [...readText(path).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = ''], index) => ({
    name: `document-${document}-${index}`,
    text,
  })),
);

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

test('every example compiles under strict TypeScript', () => {
  for (const { name, text } of [...examples, ...inDocuments]) consumer.write(`${name}.ts`, text);
  const options = [
    '--strict',
    '--target',
    'es2022',
    '--lib',
    'es2022,dom',
    '--types',
    'node',
    '--module',
    'nodenext',
    '--skipLibCheck',
  ];
  const files = [...examples, ...inDocuments].map(({ name }) => `${name}.ts`);
  expect(consumer.compile(...options, ...files)).toEqual({ status: 0, output: '' });
});

/** The output of each, run in this order against one server with a key of the program `builder`; `watch` needs an admin's. */
const SAYS: readonly (readonly [name: string, output: string])[] = [
  ['work', 'Auth refactor: 50 %, the server says 200\n'],
  ['hand-over', 'First run handed-off: PR 45 in review. Phone numbers are still open.\n'],
  ['count', 'Counted 3\n'],
  ['watch', 'Second run: complete'],
];

test('every example prints what it should', async () => {
  expect(SAYS.map(([name]) => name).sort()).toEqual(examples.map(({ name }) => name).sort());
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  for (const [name, output] of SAYS) {
    const environment = { FLEETBEAT_URL: server.url, FLEETBEAT_KEY: name === 'watch' ? ADMIN_KEY : key };
    const ran = consumer.node(`${name}.js`, environment);
    expect(ran, name).toEqual({ status: 0, output: expect.stringContaining(output) });
  }
});

test('every program in a README runs to completion', async () => {
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  expect(inDocuments.length).toBeGreaterThanOrEqual(2);
  for (const { name } of inDocuments) {
    const ran = consumer.node(`${name}.js`, { FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key });
    expect(ran, `${name}: ${ran.output}`).toMatchObject({ status: 0 });
  }
});
