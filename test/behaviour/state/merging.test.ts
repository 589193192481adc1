import { expect, test } from 'vitest';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

type Update = Parameters<TestServer['admin']['state']['update']>[1];

/** A program that has written these, one after the other, and what it then reads. */
const after = async (...updates: Update[]) => {
  const { programId, client } = await server.createProgram();
  for (const update of updates) await client.state.update(programId, update);
  return client.state.read(programId);
};

test('a write of one section leaves the others as they are', async () => {
  const state = await after(
    { learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern: 'Check expiry' }], baselines: { sessionsCompleted: 3 } },
    { config: { preferredOutputFormat: 'markdown' }, decay: { contextSummaryTTLDays: 90 } },
    { contextSummary: { lastTask: 'Validation' } },
  );
  expect(state).toMatchObject({
    contextSummary: { lastTask: 'Validation' },
    learnedPatterns: [{ id: 'p-1' }],
    baselines: { sessionsCompleted: 3 },
    config: { preferredOutputFormat: 'markdown' },
    decay: { contextSummaryTTLDays: 90, learnedPatternMaxAge: 30 },
    version: 3,
  });
});

test('a write of one field leaves the other fields of its section as they are', async () => {
  const state = await after(
    { contextSummary: { lastTask: 'A', handoffNotes: 'B', activeWorkItems: ['C'], openQuestions: ['D?'] } },
    { contextSummary: { handoffNotes: 'E' } },
  );
  expect(state.contextSummary).toEqual({
    lastTask: 'A',
    handoffNotes: 'E',
    activeWorkItems: ['C'],
    openQuestions: ['D?'],
  });
});

test('objects merge by field at every depth', async () => {
  const { config } = await after(
    { config: { customSettings: { a: { b: { c: 1, d: 2 }, e: [1, 2] }, f: 'g' } } },
    { config: { customSettings: { a: { b: { d: 3, h: { i: true } } } } } },
    { config: { customSettings: { a: { b: { h: { j: 0.1 } } } }, toolPreferences: { shell: 'zsh' } } },
  );
  expect(config.customSettings).toEqual({ a: { b: { c: 1, d: 3, h: { i: true, j: 0.1 } }, e: [1, 2] }, f: 'g' });
  expect(config.toolPreferences).toEqual({ shell: 'zsh' });
});

test('an object replaces what was no object, and the other way round', async () => {
  const { config } = await after(
    { config: { customSettings: { a: 'text', b: { c: 1 }, d: [1] } } },
    { config: { customSettings: { a: { now: 'object' }, b: 'text', d: { e: 1 } } } },
  );
  expect(config.customSettings).toEqual({ a: { now: 'object' }, b: 'text', d: { e: 1 } });
});

test('null resets a field to its default', async () => {
  const state = await after(
    {
      contextSummary: { lastTask: 'A', activeWorkItems: ['B'] },
      config: { customSettings: { a: { b: 1, c: 2 } }, knownQuirks: ['D'] },
      baselines: { sessionsCompleted: 7, avgTaskDurationMinutes: 4.5 },
      decay: { maxUnpromotedPatterns: 5 },
    },
    {
      contextSummary: { lastTask: null, activeWorkItems: null },
      config: { customSettings: { a: { b: null } }, knownQuirks: null },
      baselines: { sessionsCompleted: null },
      decay: { maxUnpromotedPatterns: null },
    },
  );
  expect(state.contextSummary).toMatchObject({ lastTask: null, activeWorkItems: [] });
  expect(state.config).toMatchObject({ customSettings: { a: { c: 2 } }, knownQuirks: [] });
  expect(state.config.customSettings).toEqual({ a: { c: 2 } });
  expect(state.baselines).toMatchObject({ sessionsCompleted: 0, avgTaskDurationMinutes: 4.5 });
  expect(state.decay.maxUnpromotedPatterns).toBe(50);
});

test('null resets a whole object to its default', async () => {
  const { config } = await after({ config: { customSettings: { a: 1 } } }, { config: { customSettings: null } });
  expect(config.customSettings).toEqual({});
});

test('lists of text are replaced', async () => {
  const { contextSummary } = await after(
    { contextSummary: { activeWorkItems: ['A', 'B'], openQuestions: ['C?'] } },
    { contextSummary: { activeWorkItems: ['D'], openQuestions: [] } },
  );
  expect(contextSummary).toMatchObject({ activeWorkItems: ['D'], openQuestions: [] });
});

test('the response to a write has the stored sections, and counts in place of patterns', async () => {
  const { programId, client } = await server.createProgram();
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern: 'A' }] });
  const written = await client.state.update(programId, {
    config: { preferredOutputFormat: 'json' },
    learnedPatterns: [{ id: 'p-1' }, { id: 'p-2', domain: 'auth', pattern: 'B' }],
  });
  const { learnedPatterns, ...read } = await client.state.read(programId);
  expect(written).toEqual({ ...read, patternsAdded: 1, patternsReinforced: 1, patternsStored: 2 });
  expect(learnedPatterns).toHaveLength(2);
});

test('what is stored comes back exactly: any text, any name, any number', async () => {
  const { programId, client, key } = await server.createProgram();
  const settings =
    '{"__proto__":{"a":1},"constructor":{"prototype":2},"ünï 🚀/~":"\\" \\\\ 日本","":0,"n":[1e-7,0.1,-0,9007199254740991]}';
  const answer = await fetch(`${server.url}/v1/programs/${programId}/state`, {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: `{"config":{"customSettings":${settings}}}`,
  });
  expect(answer.status).toBe(200);
  const { config } = await client.state.read(programId);
  expect(JSON.stringify(config.customSettings)).toBe(JSON.stringify(JSON.parse(settings)));
});

test('a write that says nothing, or something unknown, is refused', async () => {
  const { programId, client } = await server.createProgram();
  for (const update of [
    {},
    { colour: 'red' },
    { contextSummary: { colour: 'red' } },
    { learnedPatterns: [{ id: 'p', colour: 'red' }] },
  ]) {
    await expect(client.state.update(programId, update as Update)).rejects.toMatchObject({
      status: 400,
      kind: 'invalid-request',
    });
  }
  expect(await client.state.read(programId)).toMatchObject({ exists: false });
});
