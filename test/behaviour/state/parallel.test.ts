import { expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

type Update = Parameters<TestServer['admin']['state']['update']>[1];

/** Twenty writers, no two of whom write the same. */
const writers: readonly Update[] = [
  { contextSummary: { lastTask: 'A' } },
  { contextSummary: { handoffNotes: 'B' } },
  { contextSummary: { activeWorkItems: ['C'] } },
  { config: { preferredOutputFormat: 'D' } },
  { config: { customSettings: { e: { deep: 1 } } } },
  { config: { customSettings: { e: { deeper: 2 } } } },
  { config: { toolPreferences: { f: true } } },
  { baselines: { sessionsCompleted: 9 } },
  { baselines: { avgTaskDurationMinutes: 2.5 } },
  { decay: { contextSummaryTTLDays: 9 } },
  ...Array.from({ length: 10 }, (_, index) => ({
    learnedPatterns: [{ id: `p-${index}`, domain: 'd', pattern: `P ${index}` }],
  })),
];

const expectAll = async (client: TestServer['admin'], programId: string, version: number) => {
  const state = await client.state.read(programId);
  expect(state).toMatchObject({
    version,
    contextSummary: { lastTask: 'A', handoffNotes: 'B', activeWorkItems: ['C'] },
    config: { preferredOutputFormat: 'D', customSettings: { e: { deep: 1, deeper: 2 } }, toolPreferences: { f: true } },
    baselines: { sessionsCompleted: 9, avgTaskDurationMinutes: 2.5 },
    decay: { contextSummaryTTLDays: 9 },
  });
  expect(state.learnedPatterns.map(({ id }) => id).sort()).toEqual(
    Array.from({ length: 10 }, (_, index) => `p-${index}`),
  );
};

test('twenty simultaneous writers to different sections and patterns lose nothing', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { config: {} });
  const written = await Promise.all(writers.map((update) => client.state.update(programId, update)));
  expect(written.map(({ version }) => version).sort((a, b) => a - b)).toEqual(writers.map((_, index) => index + 2));
  await expectAll(client, programId, writers.length + 1);
});

test('twenty simultaneous first writes lose nothing either', async () => {
  const { programId, client } = await server.createProgram();
  await Promise.all(writers.map((update) => client.state.update(programId, update)));
  await expectAll(client, programId, writers.length);
});

test('simultaneous writers of one pattern create one, and each counts as reinforcement', async () => {
  const { programId, client } = await server.createProgram();
  const learnedPatterns = [{ id: 'p-1', domain: 'd', pattern: 'Same' }];
  const written = await Promise.all(
    Array.from({ length: 10 }, () => client.state.update(programId, { learnedPatterns })),
  );
  expect(written.reduce((sum, { patternsAdded }) => sum + patternsAdded, 0)).toBe(1);
  const state = await client.state.read(programId);
  expect(state).toMatchObject({ version: 10, learnedPatterns: [{ id: 'p-1', reinforcements: 9 }] });
});

test('two servers on one database lose nothing between them', async () => {
  const { programId, key, client } = await server.createProgram();
  const second = await startTestServer({ database: server.database });
  const doors = [client, second.client(key)];
  await Promise.all(writers.map((update, index) => doors[index % 2]?.state.update(programId, update)));
  await expectAll(client, programId, writers.length);
  await second.close();
});
