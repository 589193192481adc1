/** Clients that retry everything until it is acknowledged, over a network that loses, doubles, delays and reorders. */
import { expect, test } from 'vitest';
import { createFleetbeat, type Fetch, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import { randomName } from '../support/test-server.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { createUnreliableNetwork } from './support/unreliable-network.ts';

const isFullRun = Boolean(process.env['FLEETBEAT_TEST_FULL']);
const WRITERS = isFullRun ? 16 : 6;
const ROUNDS = isFullRun ? 100 : 8;
const RETRIES = 1_000;

const server = useTestServer();

const rounds = Array.from({ length: ROUNDS }, (_, round) => `Round ${round}`);

test('a request that is retried with its Idempotency-Key takes effect once', async () => {
  const network = createUnreliableNetwork();
  const inbox = await server.createProgram();
  const acknowledged = new Map<string, string[]>();
  const programs = await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      const program = await server.createProgram();
      const client = createRetryingClient(program.key, network.fetch);
      await runRounds(client, program.programId, inbox.programId, acknowledged);
      return program;
    }),
  );
  await network.restore();
  console.log(`${WRITERS * ROUNDS} rounds of 5 writes: ${JSON.stringify(network.counts)}`);
  for (const what of Object.values(network.counts)) expect(what).toBeGreaterThan(0);
  for (const { client, programId } of programs) {
    const { config, version } = await client.state.read(programId);
    expect(config.customSettings['done']).toEqual(rounds);
    expect(version).toBe(ROUNDS);
    const sessions = await collect(client.sessions.all({ programId, limit: 50 }));
    expect(sessions.map(({ name }) => name).sort()).toEqual([...rounds].sort());
    expect(sessions.map(({ sessionId }) => sessionId).sort()).toEqual(acknowledged.get(programId)?.sort());
    const tasks = await collect(client.tasks.all({ target: programId, state: 'completed', limit: 50 }));
    expect(tasks.map(({ title }) => title).sort()).toEqual([...rounds].sort());
    const sent = await collect(client.messages.allSent({ limit: 50 }));
    expect(sent.map(({ to }) => to)).toEqual(rounds.map(() => inbox.programId));
  }
  expect(await collect(inbox.client.messages.all({ limit: 50 }))).toHaveLength(WRITERS * ROUNDS);
});

/** Five writes per round, each with a visible trace if it took effect twice or not at all. */
async function runRounds(client: Fleetbeat, programId: string, to: string, acknowledged: Map<string, string[]>) {
  const sessionIds: string[] = [];
  acknowledged.set(programId, sessionIds);
  for (const round of rounds) {
    const { sessionId } = await client.sessions.create({ name: round });
    sessionIds.push(sessionId);
    await client.messages.send({ to, kind: 'STATUS', text: round });
    const { taskId } = await client.tasks.create({ title: round, target: programId });
    await client.tasks.claim(taskId, sessionId);
    await client.tasks.complete(taskId, { outcome: 'succeeded', sessionId });
    // Guarded by If-Match: a repetition of a stored write is refused, and the retried change finds nothing to do.
    await client.state.change(
      programId,
      ({ config: { customSettings } }) => {
        const done = (customSettings['done'] ?? []) as string[];
        return done.includes(round) ? null : { config: { customSettings: { done: [...done, round] } } };
      },
      { maxAttempts: RETRIES },
    );
  }
}

test('a client without Idempotency-Keys moves no heartbeat back and overwrites no newer state', async () => {
  const network = createUnreliableNetwork();
  const { programId, key, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Naive', sessionId: randomName('naive') });
  const sendUntilAnswered = async (method: string, path: string, body: unknown, headers = {}): Promise<Response> => {
    const all = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers };
    for (;;) {
      const init = { method, headers: all, body: JSON.stringify(body) };
      const response = await network.fetch(`${server.url}${path}`, init).catch(() => null);
      if (response && response.status < 500) return response;
    }
  };
  let last = 0;
  for (const value of rounds.keys()) {
    const beat = await sendUntilAnswered('PATCH', `/v1/sessions/${sessionId}`, { status: 'Idle', lastHeartbeat: true });
    expect(beat.status).toBe(200);
    const { lastHeartbeat } = await client.sessions.get(sessionId);
    expect(Date.parse(lastHeartbeat)).toBeGreaterThanOrEqual(last);
    last = Date.parse(lastHeartbeat);
    const write = { config: { customSettings: { value } } };
    const headers = { 'If-Match': `"${value}"` };
    const { status } = await sendUntilAnswered('PATCH', `/v1/programs/${programId}/state`, write, headers);
    expect([200, 412]).toContain(status);
    // Also after a 412: one of its own duplicates was first.
    expect(await client.state.read(programId)).toMatchObject({ version: value + 1, config: write.config });
  }
  await network.restore();
  expect(await client.state.read(programId)).toMatchObject({ version: ROUNDS });
  expect(Date.parse((await client.sessions.get(sessionId)).lastHeartbeat)).toBeGreaterThanOrEqual(last);
});

const createRetryingClient = (key: string, fetch: Fetch): Fleetbeat =>
  createFleetbeat({ baseUrl: server.url, key, fetch, retries: RETRIES, random: () => 0 });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
