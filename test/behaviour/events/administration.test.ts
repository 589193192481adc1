import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { contract } from '../../../server/platform/contract.ts';
import { parseKey } from '../../../server/platform/secret.ts';
import { openRawEventStream, readFirst } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { inlineRefs } from '../../support/schemas.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const { schemas } = contract['components'] as { schemas: Record<string, Record<string, unknown>> };
const isEvent = formats.default(new Ajv2020({ strict: false })).compile(inlineRefs(schemas['FleetEvent'] ?? {}));

const ACTS = [
  'key.created builder',
  'program.updated builder',
  'program.updated builder',
  'key.rotated builder',
  'key.revoked builder',
  'key.created null',
  'webhook.created builder',
  'webhook.updated builder',
  'webhook.updated builder',
  'webhook.deleted builder',
];

test("an admin's changes of programs, keys and webhooks are events of the documented form, without secrets", async () => {
  const { client, key: adminKey } = await server.createAccount('unlimited');
  const made = await client.keys.create({ programId: 'builder' });
  await client.programs.update('builder', { paused: true });
  await client.programs.update('builder', { displayName: 'The builder', paused: false, sessionRequired: false });
  const rotated = await client.keys.rotate(made.keyId);
  await client.keys.revoke(rotated.keyId);
  await client.keys.revoke(rotated.keyId);
  const auditor = await client.keys.create({ role: 'auditor' });
  const url = 'http://127.0.0.1:1025/hook?token=not-to-be-told';
  const webhook = await client.webhooks.create({ url, types: ['key.revoked'], programId: 'builder' });
  await client.webhooks.update(webhook.webhookId, { description: 'Alerts' });
  const { secret } = await client.webhooks.rotate(webhook.webhookId);
  await client.webhooks.remove(webhook.webhookId);

  for (const reader of [client, server.client(auditor.key)]) {
    const events = await readFirst(reader.events({ after: 0 }), ACTS.length);
    expect(events.map(({ type, programId }) => `${type} ${programId}`)).toEqual(ACTS);
    for (const event of events) expect(isEvent(event), JSON.stringify([event, isEvent.errors])).toBe(true);
    expect(events.map(({ data }) => data)).toEqual([
      { keyId: made.keyId, role: 'program' },
      { displayName: 'builder', paused: true, sessionRequired: false },
      { displayName: 'The builder', paused: false, sessionRequired: false },
      { keyId: made.keyId, role: 'program', rotatedTo: rotated.keyId },
      { keyId: rotated.keyId, role: 'program' },
      { keyId: auditor.keyId, role: 'auditor' },
      ...Array.from({ length: 4 }, () => ({ webhookId: webhook.webhookId })),
    ]);
    const text = JSON.stringify(events);
    const secrets = [adminKey, made.key, rotated.key, auditor.key].map((key) => parseKey(key)?.secret);
    for (const each of [...secrets, webhook.secret, secret, 'not-to-be-told']) {
      expect(each).toBeDefined();
      expect(text).not.toContain(each);
    }
  }
});

test('a program gets events of its own pausing, and none of other programs, keys or webhooks', async () => {
  const { client } = await server.createAccount('unlimited');
  const { key } = await client.keys.create({ programId: 'builder' });
  await client.keys.create({ programId: 'reviewer' });
  await client.webhooks.create({ url: 'http://127.0.0.1:1025/', types: ['key.created'] });
  await client.programs.update('reviewer', { paused: true });
  await client.programs.update('builder', { paused: true });
  await client.sessions.create({ name: 'The end', sessionId: 'end' });
  const events = await readFirst(server.client(key).events({ after: 0 }), 2);
  expect(events.map(({ type, programId }) => `${type} ${programId}`)).toEqual([
    'program.updated builder',
    'session.created null',
  ]);
});

test('a failed change is no event: two simultaneous rotations give one', async () => {
  const { client, key } = await server.createAccount('unlimited');
  const { keyId } = await client.keys.create({ programId: 'builder' });
  const stream = await openRawEventStream(server.url, key, '?after=0&types=key.rotated,session.created');
  const rotations = await Promise.allSettled(Array.from({ length: 5 }, () => client.keys.rotate(keyId)));
  expect(rotations.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await client.sessions.create({ name: 'The end' });
  const types: (string | undefined)[] = [];
  await eventually(async () => {
    types.push((await stream.next())?.event);
    return types.includes('session.created');
  });
  stream.close();
  expect(types.filter((type) => type !== 'position')).toEqual(['key.rotated', 'session.created']);
});
