import { expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('returns every session of every page once, in list order', async () => {
  const { programId, client } = await server.createProgram();
  const made: string[] = [];
  for (let number = 0; number < 7; number += 1) {
    made.push((await client.sessions.create({ name: `Session ${number}` })).sessionId);
    server.clock.advance(1000);
  }
  const seen: string[] = [];
  for await (const session of client.sessions.all({ programId, limit: 3 })) seen.push(session.sessionId);
  expect(seen).toEqual(made.reverse());
});

test('fetches each page when the previous one is consumed, and none after the caller stops', async () => {
  const { programId, key, client } = await server.createProgram();
  for (let number = 0; number < 5; number += 1) await client.tasks.create({ title: `${number}`, target: programId });
  const network = createScriptedNetwork();
  const lazy = createFleetbeat({ baseUrl: server.url, key, fetch: network.fetch });
  const tasks = lazy.tasks.all({ target: programId, limit: 2 });
  expect(network.sent).toHaveLength(0);
  const titles: string[] = [];
  for await (const { title } of tasks) {
    titles.push(title);
    expect(network.sent).toHaveLength(Math.ceil(titles.length / 2));
    if (titles.length === 3) break;
  }
  expect(titles).toEqual(['0', '1', '2']);
  expect(network.sent).toHaveLength(2);
});

test('a refused page rejects in the current iteration', async () => {
  const { client } = await server.createProgram();
  const read = async () => {
    for await (const _key of client.keys.all()) expect.unreachable();
  };
  await expect(read()).rejects.toMatchObject({ kind: 'forbidden' });
});
