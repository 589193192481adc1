import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const seedPattern = { id: 'p-1', domain: 'auth', pattern: 'Check expiry' };

async function learned() {
  const program = await server.createProgram();
  await program.client.state.update(program.programId, { learnedPatterns: [seedPattern] });
  return program;
}

/** Every act on what a program remembers, by its operation. */
const writeOperations = (client: TestServer['admin'], programId: string, sessionId?: string) => {
  const by = sessionId === undefined ? {} : { sessionId };
  return {
    updateProgramState: () => client.state.update(programId, { config: {}, ...by }),
    reinforcePattern: () => client.patterns.reinforce(programId, 'p-1', by),
    promotePattern: () => client.patterns.promote(programId, 'p-1', by),
    setPatternStatus: () => client.patterns.setStatus(programId, 'p-1', { status: 'refuted', ...by }),
    restoreState: () => client.state.restore(programId, { version: 1, ...by }),
    importState: async () =>
      client.state.import(programId, { document: await server.admin.state.export(programId), ...by }),
    removePattern: () => client.patterns.remove(programId, 'p-1', by),
  };
};

const readOperations = (client: TestServer['admin'], programId: string) => ({
  getProgramState: () => client.state.read(programId),
  listPatterns: () => client.patterns.list(programId),
  listStateVersions: () => client.state.versions(programId),
  getStateVersion: () => client.state.readVersion(programId, 1),
  diffState: () => client.state.diff(programId, 1, 1),
  exportState: () => client.state.export(programId),
});

test('another program may neither read nor change anything of it', async () => {
  const { programId } = await learned();
  const { client: stranger } = await server.createProgram();
  const forbidden = { status: 403, kind: 'forbidden' };
  for (const act of Object.values(writeOperations(stranger, programId)))
    await expect(act()).rejects.toMatchObject(forbidden);
  for (const readOperation of Object.values(readOperations(stranger, programId)))
    await expect(readOperation()).rejects.toMatchObject(forbidden);
});

test('an admin curates, restores and imports, each with its audit row, and writes and reinforces nothing', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const { key } = await admin.keys.create({ programId: 'builder' });
  const builder = server.client(key);
  await builder.state.update('builder', { learnedPatterns: [seedPattern] });
  const document = await builder.state.export('builder');
  await expect(admin.state.update('builder', { config: {} })).rejects.toMatchObject({ status: 403 });
  await expect(admin.patterns.reinforce('builder', 'p-1')).rejects.toMatchObject({ status: 403 });
  await admin.patterns.promote('builder', 'p-1');
  await admin.patterns.setStatus('builder', 'p-1', { status: 'refuted' });
  await admin.patterns.remove('builder', 'p-1');
  await admin.state.restore('builder', { version: 1 });
  await admin.state.import('builder', { document });
  const { audit: entries } = await admin.audit.list({ outcome: 'done', limit: 5 });
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual(
    ['importState', 'restoreState', 'removePattern', 'setPatternStatus', 'promotePattern'].map((act) => [
      act,
      'builder',
    ]),
  );
  expect(await builder.state.read('builder')).toMatchObject({ version: 6 });
});

test('what a program does with its own memory is no audit row, but for restoring and importing', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const { key, keyId } = await admin.keys.create({ programId: 'builder' });
  const builder = server.client(key);
  await builder.state.update('builder', { learnedPatterns: [seedPattern] });
  const document = await builder.state.export('builder');
  await builder.patterns.promote('builder', 'p-1');
  await builder.patterns.remove('builder', 'p-1');
  await builder.state.restore('builder', { version: 1 });
  await builder.state.import('builder', { document });
  const { audit: entries } = await admin.audit.list({ keyId });
  expect(entries.map(({ action }) => action)).toEqual(['importState', 'restoreState']);
});

test('an auditor looks at everything and changes nothing; every look at another program leaves its row', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const { key } = await admin.keys.create({ programId: 'builder' });
  await server.client(key).state.update('builder', { learnedPatterns: [seedPattern] });
  const made = await admin.keys.create({ role: 'auditor' });
  const auditor = server.client(made.key);
  const table = readOperations(auditor, 'builder');
  for (const readOperation of Object.values(table)) await readOperation();
  const { audit: entries } = await admin.audit.list({ keyId: made.keyId });
  expect(entries.map(({ action }) => action).reverse()).toEqual(Object.keys(table));
  await expect(auditor.patterns.promote('builder', 'p-1')).rejects.toMatchObject({ status: 403 });
  await expect(auditor.state.restore('builder', { version: 1 })).rejects.toMatchObject({ status: 403 });
});

test('an unknown program is 404', async () => {
  const missing = { status: 404, kind: 'program-not-found' };
  for (const readOperation of Object.values(readOperations(server.admin, 'nobody')))
    await expect(readOperation()).rejects.toMatchObject(missing);
  await expect(server.admin.patterns.promote('nobody', 'p-1')).rejects.toMatchObject(missing);
  await expect(server.admin.state.restore('nobody', { version: 1 })).rejects.toMatchObject(missing);
});

test('a superseded session can write nothing, and learns its successor', async () => {
  const { programId, client } = await learned();
  await client.sessions.create({ sessionId: `${programId}-old`, name: 'Paused' });
  const sql = await connect(server.database);
  await sql.query("UPDATE sessions SET state = 'complete', successor = ? WHERE sessionId = ?", [
    `${programId}-new`,
    `${programId}-old`,
  ]);
  await sql.close();
  const superseded = { status: 409, kind: 'session-superseded', problem: { successor: `${programId}-new` } };
  for (const act of Object.values(writeOperations(client, programId, `${programId}-old`))) {
    await expect(act()).rejects.toMatchObject(superseded);
  }
  expect(await client.state.read(programId)).toMatchObject({ version: 1, sessionId: null });
  for (const act of Object.values(writeOperations(client, programId, 'never-heard-of'))) await act();
  expect(await client.state.read(programId)).toMatchObject({ version: 8, sessionId: 'never-heard-of' });
});

test('every write is one event of the account, in the order of the versions', async () => {
  const { programId, client } = await learned();
  for (const act of Object.values(writeOperations(client, programId, `${programId}-1`))) await act();
  const sql = await connect(server.database);
  const rows = await sql.query<{ sessionId: string | null; data: string }>(
    'SELECT sessionId, data FROM events WHERE kind = ? AND programId = ? ORDER BY seq',
    ['state.written', programId],
  );
  await sql.close();
  const causes = ['write', 'write', 'reinforce', 'promote', 'status', 'restore', 'import', 'remove'];
  expect(rows.map(({ data }) => JSON.parse(data))).toEqual(
    causes.map((cause, index) => ({ version: index + 1, cause })),
  );
  expect(rows.map(({ sessionId }) => sessionId)).toEqual([null, ...Array(7).fill(`${programId}-1`)]);
});
