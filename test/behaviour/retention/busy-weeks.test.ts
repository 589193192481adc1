/** What a busy fleet makes in weeks leaves as many rows in each table as docs/sizing.md says, and not as many as it has made. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { eventually } from '../../support/eventually.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';
import { ACCOUNT_TABLES, countRows } from '../../support/whole-program.ts';

const IS_FULL_RUN = process.env['FLEETBEAT_TEST_FULL'] === '1';
const DAY = 24 * 3_600_000;

/** The full run has the default ages. Otherwise they are short, so that two weeks are several of them. */
const KEEP = IS_FULL_RUN
  ? { audit: 90, events: 7, sessions: 90, tasks: 90, messages: 30, deliveries: 30 }
  : { audit: 4, events: 2, sessions: 4, tasks: 4, messages: 4, deliveries: 4 };
const DAYS = IS_FULL_RUN ? 100 : 16;
const AGENTS = IS_FULL_RUN ? 10 : 2;
/** These ages are no settings. */
const KEEP_QUESTIONS = 30;
const KEEP_HISTORY = 90;
const KEEP_ANSWERS = 1;
const KEEP_UNUSED_WEB_SESSIONS = 7;

/** What one agent makes in a day, at most. */
const PER_DAY = { changes: 6, patterns: 3, writes: 4, events: 17, audit: 3 };
const MAX_VERSIONS = 100;

const server = useTestServer({
  environment: {
    FLEETBEAT_RETENTION_EVERY: '200ms',
    FLEETBEAT_SWEEP_EVERY: '100ms',
    FLEETBEAT_WEBHOOKS_EVERY: '50ms',
    FLEETBEAT_KEEP_AUDIT: `${KEEP.audit}d`,
    FLEETBEAT_KEEP_EVENTS: `${KEEP.events}d`,
    FLEETBEAT_KEEP_SESSIONS: `${KEEP.sessions}d`,
    FLEETBEAT_KEEP_TASKS: `${KEEP.tasks}d`,
    FLEETBEAT_KEEP_MESSAGES: `${KEEP.messages}d`,
    FLEETBEAT_KEEP_DELIVERIES: `${KEEP.deliveries}d`,
  },
});
let sql: Sql;
let receiver: WebhookReceiver;
beforeAll(async () => {
  sql = await connect(server.database);
  receiver = await startWebhookReceiver();
});
afterAll(async () => {
  await sql.close();
  await receiver.close();
});

interface Agent {
  readonly programId: string;
  readonly key: string;
  readonly client: Fleetbeat;
}

async function work(admin: Fleetbeat, { programId, key, client }: Agent, peer: Agent, day: number): Promise<void> {
  const { sessionId } = await client.sessions.create({ name: `Day ${day}`, status: 'Begins' });
  await client.sessions.update(sessionId, { status: 'Half-way', progress: 50, handover: { lastPrompt: 'Go on' } });
  for (let index = 0; index < PER_DAY.patterns; index += 1)
    await client.state.update(programId, {
      learnedPatterns: [{ id: `p-${index}`, domain: 'work', pattern: `As seen on day ${day}` }],
    });
  const { taskId } = await client.tasks.create(
    { title: 'Work', target: '*' },
    { idempotencyKey: `${programId}-${day}` },
  );
  await client.tasks.claim(taskId, sessionId);
  await client.tasks.complete(taskId, { outcome: 'succeeded' });
  await client.messages.send({ to: peer.programId, kind: 'STATUS', text: 'Done' });
  const { messages } = await client.messages.list();
  for (const { messageId } of messages) await client.messages.acknowledge(messageId);
  const { questionId } = await client.questions.ask({ title: 'May I?', sessionId });
  await admin.questions.answer(questionId, { text: 'Yes' });
  await admin.state.read(programId);
  await client.signIn({ key });
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
}

/** The rows that docs/sizing.md allows: what is open, and of what is over the days of its age and those that begin and end it. */
const EDGES = 2;
const ofDays = (days: number): number => AGENTS * (days + EDGES);
const SESSIONS = ofDays(KEEP.sessions + 1);
const BOUNDS: Readonly<Record<string, number>> = {
  accounts: 1,
  programs: AGENTS,
  api_keys: AGENTS + 1,
  // Nobody is invited, and no client connects by URL.
  invitations: 0,
  connections: 0,
  oauth_records: 0,
  web_sessions: ofDays(KEEP_UNUSED_WEB_SESSIONS),
  sessions: SESSIONS,
  session_changes: SESSIONS * PER_DAY.changes,
  session_handovers: SESSIONS,
  mass_silences: 1,
  program_activity: ofDays(KEEP_HISTORY),
  program_states: AGENTS,
  learned_patterns: AGENTS * PER_DAY.patterns,
  state_versions: AGENTS * MAX_VERSIONS,
  pattern_undos: AGENTS * MAX_VERSIONS,
  tasks: ofDays(KEEP.tasks),
  questions: ofDays(KEEP_QUESTIONS),
  messages: ofDays(KEEP.messages),
  message_deliveries: ofDays(KEEP.messages),
  events: ofDays(KEEP.events) * PER_DAY.events,
  event_counters: 1,
  audit: ofDays(KEEP.audit) * PER_DAY.audit + AGENTS + 2,
  kept_answers: ofDays(KEEP_ANSWERS) * PER_DAY.writes,
  webhooks: 1,
  webhook_deliveries: ofDays(KEEP.deliveries),
  // No browser is notified.
  push_subscriptions: 0,
};

test('every table has a bound here', () => {
  expect(Object.keys(BOUNDS).sort()).toEqual(ACCOUNT_TABLES.toSorted());
});

test(`${AGENTS} agents at work for ${DAYS} days leave each table within its bound`, async () => {
  const { accountId, client: admin } = await server.createAccount('unlimited');
  await admin.webhooks.create({ url: receiver.url, types: ['session.created'] });
  const agents: Agent[] = [];
  for (let index = 0; index < AGENTS; index += 1) {
    const programId = `agent-${index}`;
    const { key } = await admin.keys.create({ programId, ttlDays: 365 });
    agents.push({ programId, key, client: server.client(key) });
  }
  const isSwept = async () => {
    const [row] = await sql.query<{ n: number | string }>(
      "SELECT COUNT(*) AS n FROM sessions WHERE accountId = ? AND archived = 0 AND state = 'complete' AND completedAt < ?",
      [accountId, server.clock.now() - DAY],
    );
    return Number(row?.n) === 0;
  };
  for (let day = 0; day < DAYS; day += 1) {
    await Promise.all(agents.map((agent, index) => work(admin, agent, agents[(index + 1) % AGENTS] ?? agent, day)));
    server.clock.advance(DAY);
    // Retention counts from the archival, which must not lag behind a clock that runs so fast.
    await eventually(isSwept);
  }
  const listExcess = async () => {
    const counts = await countRows(sql, accountId);
    return Object.entries(counts).filter(([table, count]) => count > (BOUNDS[table] ?? 0));
  };
  await expect.poll(listExcess, { timeout: 60_000, interval: 500 }).toEqual([]);

  // The bounds are those of ages: what was made is far beyond them.
  const [made] = await sql.query<{ seq: number | string }>('SELECT seq FROM event_counters WHERE accountId = ?', [
    accountId,
  ]);
  expect(Number(made?.seq)).toBeGreaterThan(2 * (BOUNDS['events'] ?? 0));
  for (const table of ['sessions', 'tasks', 'messages', ...(IS_FULL_RUN ? ['questions'] : [])])
    expect(AGENTS * DAYS, table).toBeGreaterThan(BOUNDS[table] ?? Number.POSITIVE_INFINITY);
  expect((await admin.sessions.list({ includeArchived: true, limit: 50 })).sessions.length).toBeGreaterThan(0);
}, 1_800_000);
