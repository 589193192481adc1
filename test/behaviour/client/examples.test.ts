/** Compiles and runs the typed client's examples, and the programs in its README and the project's. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type ConsumerProject, installPackedClient } from '../../support/packed-client.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_examples-test_0123456789abcdef0123456789abcdef';
const readText = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const EXAMPLES = 'clients/typescript/examples';
/** Needs a package of others, so `make foreign` runs it. */
const FOREIGN = 'ai-sdk.ts';
const examples = readdirSync(fileURLToPath(new URL(`../../../${EXAMPLES}`, import.meta.url)))
  .filter((file) => file !== FOREIGN)
  .map((file) => ({ name: file.replace(/\.tsx?$/, ''), file, text: readText(`${EXAMPLES}/${file}`) }));
const inDocuments = ['README.md', 'clients/typescript/README.md'].flatMap((path, document) =>
  [...readText(path).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, text = ''], index) => ({
    name: `document-${document}-${index}`,
    file: `document-${document}-${index}.ts`,
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
  for (const { file, text } of [...examples, ...inDocuments]) consumer.write(file, text);
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
    '--jsx',
    'react-jsx',
  ];
  const files = [...examples, ...inDocuments].map(({ file }) => file);
  expect(consumer.compile(...options, ...files)).toEqual({ status: 0, output: '' });
});

/** The output of each, run in this order against one server with a key of the program `builder`, or an admin's. */
const SAYS: readonly (readonly [name: string, args: readonly string[], output: string])[] = [
  ['hand-over', [], 'First run handed-off: PR 45 in review. Phone numbers are still open.\n'],
  ['count', [], 'Counted 3\n'],
  ['watch', [], 'Second run: complete'],
  ['backup', ['save'], 'save builder\n'],
  ['backup', ['restore'], 'restore builder\n'],
];
const FOR_ADMINS = ['watch', 'backup'];
/** Those that wait for somebody have tests of their own; the page's is test/browser/live-page.test.ts. */
const INTERACTIVE = ['work', 'agent', 'live-page'];

test('every example prints what it should', async () => {
  const names = new Set([...SAYS.map(([name]) => name), ...INTERACTIVE]);
  expect([...names].sort()).toEqual(examples.map(({ name }) => name).sort());
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  for (const [name, args, output] of SAYS) {
    const environment = { FLEETBEAT_URL: server.url, FLEETBEAT_KEY: FOR_ADMINS.includes(name) ? ADMIN_KEY : key };
    const ran = consumer.node(`${name}.js`, environment, ...args);
    expect(ran, name).toEqual({ status: 0, output: expect.stringContaining(output) });
  }
});

/** An example with a key of a program of its own. */
async function startExample(name: string) {
  const admin = server.client(ADMIN_KEY);
  const programId = `example-${name}`;
  const { key } = await admin.keys.create({ programId });
  return { admin, programId, ...consumer.start(`${name}.js`, { FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key }) };
}

test('the worker is 30 lines, does a task and, when it is killed, hands over', async () => {
  expect(
    examples
      .find(({ name }) => name === 'work')
      ?.text.trim()
      .split('\n').length,
  ).toBeLessThanOrEqual(30);
  const { admin, programId, process: worker, end } = await startExample('work');
  const { taskId } = await admin.tasks.create({ title: 'Review', target: programId, instructions: 'Read it' });
  await eventually(async () => (await admin.tasks.get(taskId)).state === 'completed');
  expect(await admin.tasks.get(taskId)).toMatchObject({ result: '7 characters of instructions read' });
  // The run in which the task was done was handed over above 60 % of its context.
  const listRuns = async () => (await admin.sessions.list({ programId, includeArchived: true })).sessions;
  await eventually(async () => (await listRuns()).length === 2);
  worker.kill('SIGTERM');
  expect(await end).toMatchObject({ status: 'SIGTERM', output: expect.stringContaining('Review (after: nothing)') });
  expect((await listRuns()).map(({ handoffRequired }) => handoffRequired)).toEqual([true, true]);
});

test('the agent asks before it deletes, and does what the person says', async () => {
  const { admin, programId, end } = await startExample('agent');
  const [question] = await eventually(async () => {
    const { questions } = await admin.questions.list({ programId });
    return questions.length > 0 && questions;
  });
  expect(question).toMatchObject({ title: 'May I? Delete the legacy login', options: ['Yes', 'No'] });
  await admin.questions.answer(question?.questionId ?? '', { option: 'No' });
  expect(await end).toEqual({
    status: 0,
    output: expect.stringMatching(/Write the tests\n.* says No\nRun the tests\n$/),
  });
  const { sessions } = await admin.sessions.list({ programId, includeArchived: true });
  expect(sessions).toMatchObject([{ state: 'complete', status: 'Run the tests', progress: 75 }]);
});

test('every program in a README runs to completion', async () => {
  const { key } = await server.client(ADMIN_KEY).keys.create({ programId: 'builder' });
  expect(inDocuments.length).toBeGreaterThanOrEqual(2);
  for (const { name } of inDocuments) {
    const ran = consumer.node(`${name}.js`, { FLEETBEAT_URL: server.url, FLEETBEAT_KEY: key });
    expect(ran, `${name}: ${ran.output}`).toMatchObject({ status: 0 });
  }
});
