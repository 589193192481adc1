/**
 * A server whose process was paused (SIGSTOP, a frozen container, a moved virtual machine) believes nothing that it knew before:
 * the requests that waited for it, and the streams that it kept open, are judged by what the other server has written meanwhile.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Schemas } from '../../../clients/typescript/src/index.ts';
import { openRawEventStream } from '../../support/event-stream.ts';
import { bearer } from '../../support/raw-request.ts';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';

const ADMIN_KEY = 'fb_paused-server_0123456789abcdef0123456789abcdef';
/** A revocation has reached every server within two seconds. */
const REVOKED_MS = 2_500;
const WAITING_REQUESTS = 20;

let database: TestDatabase;
let paused: ServerProcess;
let other: ServerProcess;

beforeAll(async () => {
  database = await createTestDatabase();
  const environment = { DATABASE_URL: database.url, FLEETBEAT_ADMIN_KEY: ADMIN_KEY, FLEETBEAT_RATE_LIMITS: 'off' };
  paused = await startServerProcess(environment);
  other = await startServerProcess(environment);
});
afterAll(async () => {
  await Promise.all([paused, other].map((server) => server?.kill()));
  await database.remove();
});

const get = (path: string, key: string) => fetch(`${paused.url}${path}`, { headers: bearer(key) });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A program whose key and stream the server knows well, because they were used just now. */
async function createKnownProgram(programId: string) {
  const admin = other.client(ADMIN_KEY);
  const { key, keyId } = await admin.keys.create({ programId });
  const program = other.client(key);
  await program.state.update(programId, { contextSummary: { lastTask: 'Before the pause' } });
  const path = `/v1/programs/${programId}/state`;
  const use = async () => expect((await get(path, key)).status).toBe(200);
  const stream = await openRawEventStream(paused.url, key, '?types=state.written');
  expect((await stream.next())?.event).toBe('position');
  return { programId, keyId, key, program, path, use, stream };
}

test('the first requests after a pause see what happened meanwhile, revoked keys are refused, and their streams get nothing', async () => {
  const admin = other.client(ADMIN_KEY);
  const revoked = await createKnownProgram('revoked');
  const valid = await createKnownProgram('valid');
  await Promise.all([revoked.use(), valid.use()]);
  paused.signal('SIGSTOP');
  const waiting: Promise<Response>[] = [];
  try {
    await revoked.program.state.update('revoked', { contextSummary: { lastTask: 'Before its end' } });
    await admin.keys.revoke(revoked.keyId);
    await valid.program.state.update('valid', { contextSummary: { lastTask: 'During the pause' } });
    const successor = await admin.keys.create({ programId: 'revoked' });
    const late = { contextSummary: { lastTask: 'After its end' } };
    await other.client(successor.key).state.update('revoked', late);
    await sleep(REVOKED_MS);
    // They are in the sockets of the paused server when it goes on.
    for (let each = 0; each < WAITING_REQUESTS; each += 1)
      waiting.push(get(revoked.path, revoked.key), get(valid.path, valid.key));
    await sleep(100);
  } finally {
    paused.signal('SIGCONT');
  }
  const statuses = new Map<string, number>();
  for (const [index, answer] of (await Promise.all(waiting)).entries()) {
    const name = `${index % 2 === 0 ? 'revoked' : 'valid'} ${answer.status}`;
    statuses.set(name, (statuses.get(name) ?? 0) + 1);
    if (answer.status !== 200) continue;
    const state = (await answer.json()) as Schemas['ProgramState'];
    expect(state).toMatchObject({ version: 2, contextSummary: { lastTask: 'During the pause' } });
  }
  expect(Object.fromEntries(statuses)).toEqual({ 'revoked 401': WAITING_REQUESTS, 'valid 200': WAITING_REQUESTS });
  // The stream of the revoked key ends without what it was not told while its key was valid; the other misses nothing.
  expect(await revoked.stream.next()).toBeUndefined();
  const missed = JSON.parse((await valid.stream.next())?.data ?? 'null') as unknown;
  expect(missed).toMatchObject({ programId: 'valid', data: { version: 2 } });
  valid.stream.close();
});
