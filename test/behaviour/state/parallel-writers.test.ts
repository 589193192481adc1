import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let second: TestServer;
const server = useTestServer();
beforeAll(async () => {
  second = await startTestServer({ database: server.database });
});
afterAll(async () => {
  await second.close();
});

const WRITERS = 50;

test('fifty simultaneous writers to sections, patterns and maps, through two servers, lose nothing', async () => {
  const { programId, key, client } = await server.createProgram();
  const clients = [client, second.client(key)];
  const learnedPatterns = ['reinforced', 'promoted', 'judged'].map((id) => ({ id, domain: 'd', pattern: 'p' }));
  await client.state.update(programId, { learnedPatterns });
  const writes = Array.from({ length: WRITERS }, (_, index) => {
    const writer = clients[index % 2] as TestServer['admin'];
    const own = { id: `p-${index}`, domain: 'd', pattern: `Writer ${index}` };
    const kinds = [
      () => writer.state.update(programId, { config: { toolPreferences: { [`writer-${index}`]: index } } }),
      () => writer.state.update(programId, { learnedPatterns: [own] }),
      () => writer.patterns.reinforce(programId, 'reinforced'),
      () => writer.state.update(programId, { config: { customSettings: { map: { [`writer-${index}`]: index } } } }),
      () => writer.patterns.promote(programId, 'promoted'),
    ];
    return (kinds[index % kinds.length] as (typeof kinds)[number])();
  });
  const versions = (await Promise.all(writes)).map(({ version }) => version);
  expect(versions.sort((a, b) => a - b)).toEqual(Array.from({ length: WRITERS }, (_, index) => index + 2));
  const state = await client.state.read(programId);
  const each = WRITERS / 5;
  expect(state.version).toBe(WRITERS + 1);
  expect(Object.keys(state.config.toolPreferences)).toHaveLength(each);
  expect(Object.keys(state.config.customSettings['map'] as object)).toHaveLength(each);
  expect(state.learnedPatterns).toHaveLength(3 + each);
  expect(state.learnedPatterns.find(({ id }) => id === 'reinforced')).toMatchObject({ reinforcements: each });
  expect(state.learnedPatterns.find(({ id }) => id === 'promoted')).toMatchObject({ promoted: true });
  const history = await client.state.versions(programId, { limit: 50 });
  expect(history.versions.map(({ version }) => version)).toEqual(
    Array.from({ length: 50 }, (_, index) => WRITERS + 1 - index),
  );
  expect(await client.state.readVersion(programId, 1)).toMatchObject({ version: 1, config: { toolPreferences: {} } });
});

test('of the readers of a state that is being written none sees half a write', async () => {
  const { programId, key, client } = await server.createProgram();
  const reader = second.client(key);
  const written = (count: number) => ({
    baselines: { sessionsCompleted: count },
    learnedPatterns: [{ id: `p-${count}`, domain: 'd', pattern: 'p' }],
  });
  const writing = (async () => {
    for (let count = 1; count <= 40; count += 1) await client.state.update(programId, written(count));
  })();
  let done = false;
  const finished = writing.then(() => {
    done = true;
  });
  while (!done) {
    const { version, baselines, learnedPatterns } = await reader.state.read(programId);
    expect([baselines.sessionsCompleted, learnedPatterns.length]).toEqual([version, version]);
  }
  await finished;
});
