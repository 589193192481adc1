import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { connect } from '../../support/sql.ts';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('every refusal leaves an audit row with who was refused what, and why', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const { key, keyId } = await admin.keys.create({ programId: 'builder' });
  const builder = server.client(key);
  await expect(builder.fleet.health()).rejects.toMatchObject({ status: 403 });
  await expect(builder.state.read('reviewer')).rejects.toMatchObject({ status: 403 });
  await expect(admin.state.update('builder', { config: { preferredOutputFormat: 'md' } })).rejects.toMatchObject({
    status: 403,
  });
  const { audit: entries } = await admin.audit.list({ outcome: 'denied' });
  expect(entries.map(({ action, subject, role }) => [action, subject, role])).toEqual([
    ['updateProgramState', 'builder', 'admin'],
    ['getProgramState', 'reviewer', 'program'],
    ['getFleetHealth', null, 'program'],
  ]);
  expect(entries[1]).toMatchObject({ keyId, programId: 'builder', detail: expect.stringContaining('own state only') });
});

test('administrative acts and reads of another program are audited, each once', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const made = await admin.keys.create({ programId: 'builder', role: 'program' });
  const rotated = await admin.keys.rotate(made.keyId);
  await admin.keys.revoke(rotated.keyId);
  await admin.keys.revoke(rotated.keyId);
  await admin.programs.update('builder', { paused: true });
  await admin.state.read('builder');
  const { audit: entries } = await admin.audit.list({ limit: 50 });
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
    ['getProgramState', 'builder'],
    ['updateProgram', 'builder'],
    ['revokeKey', rotated.keyId],
    ['rotateKey', made.keyId],
    ['createKey', made.keyId],
  ]);
  expect((await admin.audit.list({ action: 'rotateKey' })).audit).toHaveLength(1);
  expect((await admin.audit.list({ keyId: made.keyId })).audit).toEqual([]);
});

test("repeated reads of another program's memory are audited once per key, program and operation in 15 minutes", async () => {
  const { client: admin } = await server.createAccount('unlimited');
  await admin.keys.create({ programId: 'builder' });
  await admin.keys.create({ programId: 'reviewer' });
  const { key, keyId } = await admin.keys.create({ role: 'auditor' });
  const replica = await startTestServer({ database: server.database });
  for (const each of [server, replica]) each.clock.stop();
  const quarter = 15 * 60_000;
  for (const each of [server, replica]) each.clock.advance(quarter - (each.clock.now() % quarter));
  const listReads = async () =>
    (await admin.audit.list({ keyId, limit: 50 })).audit
      .map(({ action, subject }) => `${action} ${subject}`)
      .toSorted();
  const auditors = [server.client(key), replica.client(key)];
  const readRepeatedly = () =>
    Promise.all(Array.from({ length: 5 }, () => auditors.map((each) => each.state.read('builder'))).flat());
  await readRepeatedly();
  expect(await listReads()).toEqual(['getProgramState builder']);
  await auditors[0]?.state.read('reviewer');
  await auditors[1]?.patterns.list('builder');
  await admin.state.read('builder');
  const first = ['getProgramState builder', 'getProgramState reviewer', 'listPatterns builder'];
  expect(await listReads()).toEqual(first);
  for (const each of [server, replica]) each.clock.advance(quarter - 1);
  await readRepeatedly();
  expect(await listReads()).toEqual(first);
  for (const each of [server, replica]) each.clock.advance(1);
  await readRepeatedly();
  expect(await listReads()).toEqual(['getProgramState builder', ...first]);
  expect((await admin.audit.list({ action: 'getProgramState', limit: 50 })).audit).toHaveLength(4);
  await replica.close();
});

test('the audit is read in pages without gaps or duplicates, and by time', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  for (let index = 0; index < 25; index += 1) await admin.keys.create({ programId: `p-${index}` });
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await admin.audit.list({ limit: 10, ...(cursor && { cursor }) });
    ids.push(...page.audit.map(({ auditId }) => auditId));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  expect(new Set(ids).size).toBe(25);
  const tomorrow = new Date(server.clock.now() + 86_400_000).toISOString();
  expect((await admin.audit.list({ since: tomorrow })).audit).toEqual([]);
  expect((await admin.audit.list({ until: tomorrow, limit: 50 })).audit).toHaveLength(25);
  await expect(admin.audit.list({ since: '2026-02-30T00:00:00Z' })).rejects.toMatchObject({ status: 400 });
});

test('nothing of another account is ever shown', async () => {
  const mine = await server.createAccount('unlimited');
  const other = await server.createAccount('unlimited');
  await mine.client.keys.create({ programId: 'builder' });
  expect((await other.client.audit.list()).audit).toEqual([]);
});

test('rows older than their retention are deleted', async () => {
  const short = await startTestServer({
    environment: { FLEETBEAT_KEEP_AUDIT: '1h', FLEETBEAT_RETENTION_EVERY: '20ms' },
  });
  await short.admin.keys.create({ programId: 'old' });
  short.clock.advance(2 * 3_600_000);
  await short.admin.keys.create({ programId: 'new' });
  const sql = await connect(short.database);
  await eventually(async () => (await sql.query('SELECT auditId FROM audit')).length === 1);
  await sql.close();
  await short.close();
});
