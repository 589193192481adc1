import { expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('returns the state if it has changed, else null', async () => {
  const { programId, client } = await server.createProgram();
  expect(await client.state.readIfChanged(programId, 0)).toBeNull();
  await client.state.update(programId, { contextSummary: { lastTask: 'First' } });
  const changed = await client.state.readIfChanged(programId, 0);
  expect(changed).toEqual(await client.state.read(programId));
  expect(await client.state.readIfChanged(programId, 1)).toBeNull();
});

test('a refusal is an error, not an unchanged state', async () => {
  const [{ programId }, stranger] = [await server.createProgram(), await server.createProgram()];
  const refused = stranger.client.state.readIfChanged(programId, 0);
  await expect(refused).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
});

test('a lost response is requested again with the same version', async () => {
  const { programId, key } = await server.createProgram();
  const network = createScriptedNetwork();
  const shaky = createFleetbeat({ baseUrl: server.url, key, fetch: network.fetch, random: () => 0 });
  network.dropResponses(1);
  expect(await shaky.state.readIfChanged(programId, 0)).toBeNull();
  expect(network.sent.map(({ headers }) => headers.get('if-none-match'))).toEqual(['"0"', '"0"']);
});
