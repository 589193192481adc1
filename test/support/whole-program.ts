/** A program that has something in every table, for tests of removal. */
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import { entities } from '../../server/schema/entities.ts';
import { startFlow } from './oauth-flow.ts';
import { buildPushSubscription } from './push-service.ts';
import type { Sql } from './sql.ts';
import { randomName } from './test-server.ts';

export interface WholeProgram {
  readonly programId: string;
  readonly key: string;
  readonly client: Fleetbeat;
  readonly sessionId: string;
}

/** Uses every story that writes rows, as the program and towards it, from another program of the account. */
export async function createWholeProgram(baseUrl: string, admin: Fleetbeat, receiver: string): Promise<WholeProgram> {
  const programId = randomName('whole');
  const { key } = await admin.keys.create({ programId });
  const client = createFleetbeat({ baseUrl, key, retries: 0 });
  const peerId = randomName('peer');
  const peer = createFleetbeat({ baseUrl, key: (await admin.keys.create({ programId: peerId })).key, retries: 0 });
  const { webhookId } = await admin.webhooks.create({ url: receiver, types: ['session.created'], programId });
  await admin.webhooks.create({ url: receiver, types: ['session.created', 'message.sent'] });
  const { sessionId } = await client.sessions.create({ name: 'A run', sessionId: randomName('run') });
  await client.sessions.update(sessionId, { status: 'Working', progress: 10, handover: { lastPrompt: 'Go on' } });
  await peer.sessions.create({ name: 'Another run' });
  const learnedPatterns = [{ id: 'p-1', domain: 'auth', pattern: 'Look twice' }];
  await client.state.update(programId, { learnedPatterns });
  await client.state.update(programId, { learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern: 'Look again' }] });
  await peer.tasks.create({ title: 'For it', target: programId });
  const from = { title: 'From it', target: peerId };
  await client.tasks.create(from, { idempotencyKey: randomName('retry') });
  for (const isCompleted of [true, false]) {
    const { taskId } = await peer.tasks.create({ title: 'For all', target: '*' });
    await client.tasks.claim(taskId, sessionId);
    if (isCompleted) await client.tasks.complete(taskId, { outcome: 'succeeded' });
  }
  await client.questions.ask({ title: 'May I?', sessionId });
  await peer.messages.send({ to: programId, kind: 'PING', text: 'To it' });
  await peer.messages.send({ to: '*', kind: 'PING', text: 'To all' });
  await client.messages.send({ to: peerId, kind: 'PING', text: 'From it' });
  await client.messages.send({ to: '*', kind: 'PING', text: 'From it to all' });
  await admin.invitations.create({ programId });
  await client.signIn({ key });
  const ofProgram = await admin.keys.create({ role: 'auditor', programId });
  await createFleetbeat({ baseUrl, key: ofProgram.key, retries: 0 }).pushSubscriptions.create(buildPushSubscription());
  const { key: adminKey } = await admin.keys.create({ role: 'admin' });
  await (await startFlow(baseUrl, adminKey)).connect({ role: 'program', programId });
  await admin.webhooks.test(webhookId);
  return { programId, key, client, sessionId };
}

/** The tables of the schema, without those that hold no rows of accounts. */
export const ACCOUNT_TABLES = entities
  .filter(({ options }) => 'accountId' in options.columns)
  .map(({ options }) => String(options.tableName));

/** For each table with such rows, how many rows of the account there are, or of these the ones with `text` in a column. */
export async function countRows(sql: Sql, accountId: string, text = ''): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of ACCOUNT_TABLES) {
    const rows = await sql.query(`SELECT * FROM ${table} WHERE accountId = ?`, [accountId]);
    const found = rows.filter((row) => JSON.stringify(row).includes(text)).length;
    if (found > 0) counts[table] = found;
  }
  return counts;
}
