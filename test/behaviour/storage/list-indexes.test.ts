/** A page of a list costs what is on the page, however many rows the account has and whatever the filters leave out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { type ReadRecorder, startReadRecorder } from '../../support/read-recorder.ts';
import { connect } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const ROWS = 4_000;
/** One row of so many is what a filter looks for; they are the oldest ones of a list. */
const RARE = 5;
/** Index entries and rows that one statement may read: several for each row of a page of ten. */
const MAX_ROWS_READ = 400;

const PROGRAM = 'busy';
const OTHER = 'rare';

let database: TestDatabase;
let recorder: ReadRecorder;
let server: TestServer;
let programKey: string;

type Values = Readonly<Record<string, string | number | null>>;

/** What each table holds: the row of an index, from the oldest. */
const TABLES: Readonly<Record<string, (index: number, isRare: boolean, at: number) => Values>> = {
  programs: (index, _isRare, at) => ({ programId: `program-${index}`, createdAt: at }),
  sessions: (index, isRare, at) => ({
    sessionId: `session-${index}`,
    programId: isRare ? OTHER : PROGRAM,
    name: 'Job',
    state: isRare ? 'blocked' : 'working',
    handoffRequired: 0,
    createdAt: at,
    updatedAt: at,
    lastHeartbeat: at,
    lastProgressAt: at,
    archived: isRare ? 0 : index % 2,
    archivedAt: isRare || index % 2 === 0 ? null : at,
    changes: 1,
  }),
  tasks: (index, isRare, at) => {
    // Pending tasks include those whose claim has lapsed, so the claimed ones are read: as many as agents that work.
    const isClaimed = !isRare && index % 50 === 0;
    const isCompleted = !isRare && !isClaimed;
    return {
      taskId: `task-${index}`,
      target: isRare ? OTHER : PROGRAM,
      state: isRare ? 'created' : isClaimed ? 'claimed' : 'completed',
      title: 'Work',
      instructions: '',
      priority: 1,
      turn: at,
      createdByKey: 'key',
      createdAt: at,
      claimedBy: isRare ? null : PROGRAM,
      claimedSession: isRare ? null : `session-${index}`,
      claimedAt: isRare ? null : at,
      completedAt: isCompleted ? at : null,
      outcome: isCompleted ? 'succeeded' : null,
    };
  },
  messages: (index, isRare, at) => ({
    messageId: `message-${index}`,
    sender: isRare ? OTHER : PROGRAM,
    senderKeyId: 'key',
    target: 'reader',
    kind: isRare ? 'QUERY' : 'STATUS',
    text: 'Words',
    createdAt: at,
  }),
  message_deliveries: (index, isRare, at) => {
    const isRead = !isRare && index % 2 === 0;
    return {
      recipient: 'reader',
      messageId: `message-${index}`,
      createdAt: at,
      deliveredAt: isRare ? null : at,
      readAt: isRead ? at : null,
      kind: isRare ? 'QUERY' : 'STATUS',
      sender: isRare ? OTHER : PROGRAM,
      stage: isRare ? 0 : isRead ? 3 : 1,
    };
  },
  questions: (index, isRare, at) => ({
    questionId: `question-${index}`,
    sessionId: `session-${index}`,
    programId: isRare ? OTHER : PROGRAM,
    kind: 'question',
    title: 'May I?',
    details: '[]',
    options: '[]',
    freeText: 1,
    state: isRare ? 'open' : 'answered',
    createdAt: at,
    expiresAt: at + 1e12,
    closedAt: isRare ? null : at,
    previousState: 'working',
  }),
  api_keys: (index, isRare, at) => ({
    keyId: `key-${index}`,
    programId: isRare ? OTHER : PROGRAM,
    role: 'program',
    secretHash: `hash-${index}`,
    createdBy: isRare ? 'rare-key' : 'busy-key',
    createdAt: at,
  }),
  audit: (index, isRare, at) => ({
    auditId: `audit-${index}`,
    at,
    keyId: isRare ? 'rare-key' : 'busy-key',
    role: 'admin',
    action: isRare ? 'removeProgram' : 'createKey',
    outcome: isRare ? 'denied' : 'done',
  }),
  webhook_deliveries: (index, isRare, at) => ({
    webhookId: 'webhook',
    deliveryId: `delivery-${index}`,
    kind: 'task.created',
    payload: '{}',
    state: isRare ? 'failed' : 'delivered',
    attempts: '[]',
    createdAt: at,
  }),
};

const quote = (value: string | number | null): string => (typeof value === 'string' ? `'${value}'` : String(value));

beforeAll(async () => {
  database = await createTestDatabase();
  recorder = await startReadRecorder(database);
  server = await startTestServer({ database: { ...database, url: recorder.url }, jobs: false });
  programKey = (await server.admin.keys.create({ programId: 'reader' })).key;
  const sql = await connect(database);
  const now = server.clock.now();
  for (const [table, toValues] of Object.entries(TABLES)) {
    const rows = Array.from({ length: ROWS }, (_, index) =>
      toValues(index, index < RARE, now - (ROWS - index) * 1_000),
    );
    for (let from = 0; from < ROWS; from += 500) {
      const columns = ['accountId', ...Object.keys(rows[0] ?? {})].join(', ');
      const values = rows.slice(from, from + 500).map((row) => `('main', ${Object.values(row).map(quote).join(', ')})`);
      await sql.query(`INSERT INTO ${table} (${columns}) VALUES ${values.join(', ')}`);
    }
    if (database.kind === 'mysql') await sql.query(`ANALYZE TABLE ${table}`);
  }
  await sql.query(
    `INSERT INTO webhooks (accountId, webhookId, url, kinds, createdByKey, createdAt, updatedAt, enabled, failures, secret, seenSeq, claimedUntil)
     VALUES ('main', 'webhook', 'https://example.com/', '["task.created"]', 'key', ${now}, ${now}, 0, 0, 'secret', 0, 0)`,
  );
  await sql.close();
});
afterAll(async () => {
  await server.close();
  await recorder.close();
  await database.remove();
});

test.each([
  '/v1/sessions',
  '/v1/sessions?includeArchived=true',
  '/v1/sessions?state=blocked',
  `/v1/sessions?programId=${OTHER}`,
  `/v1/sessions?programId=${OTHER}&state=blocked&includeArchived=true`,
  '/v1/programs',
  '/v1/tasks',
  '/v1/tasks?state=all',
  '/v1/tasks?state=completed',
  `/v1/tasks?state=all&target=${OTHER}`,
  `/v1/tasks?state=claimed&claimedBy=${OTHER}`,
  '/v1/messages?programId=reader',
  '/v1/messages?programId=reader&includeRead=true',
  '/v1/questions',
  '/v1/questions?state=all',
  '/v1/questions?state=expired',
  `/v1/questions?state=all&programId=${OTHER}`,
  `/v1/questions?state=open&programId=${OTHER}`,
  '/v1/keys',
  `/v1/keys?programId=${OTHER}`,
  '/v1/keys?createdBy=rare-key',
  '/v1/audit',
  '/v1/audit?outcome=denied',
  '/v1/audit?action=removeProgram',
  '/v1/audit?keyId=rare-key',
  '/v1/audit?keyId=busy-key&action=removeProgram',
  '/v1/audit?outcome=denied&action=createKey',
  '/v1/webhooks/webhook/deliveries',
  '/v1/webhooks/webhook/deliveries?state=failed',
])('%s reads an index, from its first page to its second', async (path) => {
  await expectIndexed(path, server.adminKey);
});

test.each(['/v1/messages', '/v1/messages/sent', '/v1/tasks', '/v1/tasks?state=completed'])(
  '%s reads an index for a program, too',
  async (path) => {
    await expectIndexed(path, programKey);
  },
);

const INBOX_FILTERS = ['includeRead=true', 'undelivered=true', 'kind=QUERY', `sender=${OTHER}`];
/** Every combination of the filters, and those in which each filter alone would find rows, but not all of them together. */
const INBOXES = [
  ...Array.from({ length: 2 ** INBOX_FILTERS.length }, (_, bits) =>
    INBOX_FILTERS.filter((_filter, bit) => bits & (1 << bit)),
  ),
  ['includeRead=true', 'kind=RESULT'],
  ['sender=nobody'],
  ['kind=STATUS', `sender=${OTHER}`],
  ['kind=QUERY', `sender=${PROGRAM}`, 'includeRead=true'],
  ['kind=STATUS', `sender=${PROGRAM}`, 'undelivered=true', 'includeRead=true'],
].map((filters) => filters.join('&'));

test.each(INBOXES)('an inbox of many messages reads an index, filtered by %s', async (filters) => {
  await expectIndexed(`/v1/messages?programId=reader&${filters}`, server.adminKey);
});

async function expectIndexed(path: string, key: string): Promise<void> {
  recorder.takeReads();
  const first = await getPage(path, key);
  if (first.nextCursor) await getPage(`${path}${path.includes('?') ? '&' : '?'}cursor=${first.nextCursor}`, key);
  const reads = recorder.takeReads();
  expect(reads.length).toBeGreaterThan(0);
  for (const statement of reads) {
    const { rows, plan } = await recorder.countRowsRead(statement);
    expect(rows, `${statement}\n${plan}`).toBeLessThanOrEqual(MAX_ROWS_READ);
  }
}

async function getPage(path: string, key: string): Promise<{ readonly nextCursor?: string | null }> {
  const { status, text } = await sendRaw(server.url, { method: 'GET', path, headers: bearer(key) });
  expect([path, status, text]).toEqual([path, 200, expect.anything()]);
  return JSON.parse(text);
}
