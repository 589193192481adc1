import { expect, test } from 'vitest';
import { parseKey } from '../../../server/platform/secret.ts';
import { connect } from '../../support/sql.ts';
import { randomName, startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

interface Body {
  readonly sessionId: string;
  readonly key: string;
}

const readBody = async (response: Response): Promise<Body> => (await response.json()) as Body;

const post = (path: string, body: unknown, key: string, idempotencyKey: string, url = server.url): Promise<Response> =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
    body: JSON.stringify(body),
  });

test('a retried create returns the first response and creates no second session', async () => {
  const { key, client, programId } = await server.createProgram();
  const name = randomName('key');
  const first = await post('/v1/sessions', { name: 'Once' }, key, name);
  const again = await post('/v1/sessions', { name: 'Once' }, key, name);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.json()).toEqual(await first.json());
  expect(again.headers.get('idempotent-replayed')).toBe('true');
  expect((await client.sessions.list({ programId })).sessions).toHaveLength(1);
});

test('ten simultaneous retries create one session and return ten equal responses', async () => {
  const { key, client, programId } = await server.createProgram();
  const name = randomName('key');
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => post('/v1/sessions', { name: 'Once' }, key, name)),
  );
  const bodies = await Promise.all(answers.map(readBody));
  expect(new Set(bodies.map((body) => body.sessionId)).size).toBe(1);
  expect((await client.sessions.list({ programId })).sessions).toHaveLength(1);
});

test('a retry with its fields in another order is the same request', async () => {
  const { key, client, programId } = await server.createProgram();
  const name = randomName('key');
  const first = await post('/v1/sessions', { name: 'Once', status: 'Reading', progress: 5 }, key, name);
  const again = await post('/v1/sessions', { progress: 5, status: 'Reading', name: 'Once' }, key, name);
  expect([first.status, again.status]).toEqual([201, 201]);
  expect(await again.json()).toEqual(await first.json());
  expect((await client.sessions.list({ programId })).sessions).toHaveLength(1);
});

test('the same key with another body is refused and nothing is written', async () => {
  const { key, client, programId } = await server.createProgram();
  const name = randomName('key');
  await post('/v1/sessions', { name: 'One' }, key, name);
  const other = await post('/v1/sessions', { name: 'Two' }, key, name);
  expect(other.status).toBe(409);
  expect(await other.json()).toMatchObject({ type: '/problems/idempotency-key-reused' });
  expect((await client.sessions.list({ programId })).sessions.map((session) => session.name)).toEqual(['One']);
});

test('the first response is returned even after a restart', async () => {
  const { key } = await server.createProgram();
  const name = randomName('key');
  const first = await post('/v1/sessions', { name: 'Before' }, key, name);
  const restarted = await startTestServer({ database: server.database });
  const again = await post('/v1/sessions', { name: 'Before' }, key, name, restarted.url);
  expect(await again.json()).toEqual(await first.json());
  await restarted.close();
});

test('a failed request stores no response: its retry runs again', async () => {
  const { client, key } = await server.createAccount('free');
  const running = await client.sessions.create({ name: 'In the way' });
  const name = randomName('key');
  expect((await post('/v1/sessions', { name: 'Next' }, key, name)).status).toBe(409);
  await client.sessions.update(running.sessionId, { status: 'Done', state: 'complete' });
  expect((await post('/v1/sessions', { name: 'Next' }, key, name)).status).toBe(201);
});

test('two callers may use the same Idempotency-Key independently', async () => {
  const [a, b] = [await server.createProgram(), await server.createProgram()];
  const name = randomName('key');
  const [first, second] = await Promise.all([
    post('/v1/sessions', { name: 'A' }, a.key, name),
    post('/v1/sessions', { name: 'A' }, b.key, name),
  ]);
  expect((await readBody(first)).sessionId).not.toBe((await readBody(second)).sessionId);
});

test('a retried key creation returns the same key, and its secret is nowhere in the database', async () => {
  const name = randomName('key');
  const first = await readBody(await post('/v1/keys', { programId: 'sealed' }, server.adminKey, name));
  const again = await readBody(await post('/v1/keys', { programId: 'sealed' }, server.adminKey, name));
  expect(again).toEqual(first);
  const secret = parseKey(first.key)?.secret;
  expect(secret).toBeDefined();
  const sql = await connect(server.database);
  const keptAnswers = await sql.query('SELECT * FROM kept_answers');
  await sql.close();
  expect(keptAnswers.length).toBeGreaterThan(0);
  expect(JSON.stringify(keptAnswers)).not.toContain(secret);
});
