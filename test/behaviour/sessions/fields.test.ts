import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

type Body = Record<string, unknown>;

/** The longest and largest that each field takes, and what lies just beyond. */
const CREATE: readonly [field: string, good: readonly unknown[], bad: readonly unknown[]][] = [
  ['name', ['x', 'x'.repeat(200), '🚀'.repeat(200)], ['', 'x'.repeat(201), 7, null, ['x']]],
  ['status', ['', 'x'.repeat(200)], ['x'.repeat(201), 7, null]],
  ['projectName', ['', 'x'.repeat(100)], ['x'.repeat(101), 7, null]],
  ['progress', [0, 100, 33.3, 1e-9], [-0.001, 100.001, '50', null, true]],
  ['contextBytes', [0, Number.MAX_SAFE_INTEGER], [-1, 1.5, Number.MAX_SAFE_INTEGER + 1, '1', null]],
  ['contextLimitBytes', [1, Number.MAX_SAFE_INTEGER], [0, -1, 1.5, '1', null]],
  ['state', ['working', 'blocked', 'complete', 'pinned'], ['all', 'stale', 'Working', '', null]],
  ['handoffRequired', [true, false], ['true', 0, null]],
  ['idle', [true, false], ['true', 0, null]],
  ['contextUsedPercent', [0, 100, 33.3], [-0.001, 100.001, '50', null]],
];

/** Null in an update clears these. */
const CLEARABLE = new Set(['projectName', 'progress', 'contextBytes', 'contextLimitBytes', 'contextUsedPercent']);

const rules = CREATE.flatMap(([field, good, bad]) => [
  ...good.map((value) => ({ field, value, right: true })),
  ...bad.map((value) => ({ field, value, right: false })),
]);
const shown = (value: unknown) => JSON.stringify(value).slice(0, 30);

test.each(rules.map((rule) => ({ ...rule, verdict: rule.right ? 'takes' : 'refuses', text: shown(rule.value) })))(
  'a session $verdict $text as $field',
  async ({ field, value, right }) => {
    const { programId, client } = await server.createProgram();
    const create = client.sessions.create({ name: 'Auth', [field]: value } as { name: string });
    if (right) {
      const { sessionId } = await create;
      expect(await client.sessions.get(sessionId)).toMatchObject({ [field]: value });
      if (field === 'name') return;
      const update = { status: 'S', [field]: value } as { status: string };
      expect(await client.sessions.update(sessionId, update)).toMatchObject({ [field]: value });
    } else {
      const refusal = {
        status: 400,
        problem: { errors: expect.arrayContaining([expect.objectContaining({ pointer: `#/${field}` })]) },
      };
      await expect(create).rejects.toMatchObject(refusal);
      expect((await client.sessions.list({ programId })).sessions).toEqual([]);
      const { sessionId } = await client.sessions.create({ name: 'Auth', status: 'Untouched' });
      const update = client.sessions.update(sessionId, { status: 'S', [field]: value } as { status: string });
      if (value === null && CLEARABLE.has(field)) {
        expect(await update).toMatchObject({
          status: 'S',
          ...(field === 'contextUsedPercent' ? {} : { [field]: null }),
        });
        return;
      }
      await expect(update).rejects.toMatchObject({ status: 400, kind: 'invalid-request' });
      expect(await client.sessions.get(sessionId)).toMatchObject({ name: 'Auth', status: 'Untouched', progress: null });
    }
  },
);

test.each([
  ['create', 'lastHeartbeat'],
  ['create', 'createdAt'],
  ['create', 'Status'],
  ['update', 'name'],
  ['update', 'programId'],
  ['update', 'sessionId'],
  ['update', 'successor'],
])('a field that %s does not know (%s) is refused by its name and never dropped', async (operation, field) => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Auth' });
  const call: Promise<unknown> =
    operation === 'create'
      ? client.sessions.create({ name: 'B', [field]: 'x' } as { name: string } & Body)
      : client.sessions.update(sessionId, { status: 'B', [field]: 'x' } as { status: string } & Body);
  await expect(call).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: `#/${field}` }] } });
  expect((await client.sessions.list({ programId })).sessions).toMatchObject([{ name: 'Auth', status: null }]);
});

test('a create needs a name and an update a status', async () => {
  const { client } = await server.createProgram();
  await expect(client.sessions.create({} as { name: string })).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ pointer: '#/name' }] },
  });
  await client.sessions.create({ name: 'Auth' });
  await expect(client.sessions.update('current', { lastHeartbeat: true } as never)).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ pointer: '#/status' }] },
  });
});
