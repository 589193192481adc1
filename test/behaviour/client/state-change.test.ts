import { expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const oneMore = ({ baselines }: { baselines: { sessionsCompleted: number } }) => ({
  baselines: { sessionsCompleted: baselines.sessionsCompleted + 1 },
});

test('eight concurrent increments are all kept', async () => {
  const { programId, client } = await server.createProgram();
  await Promise.all(Array.from({ length: 8 }, () => client.state.change(programId, oneMore, { maxAttempts: 100 })));
  expect(await client.state.read(programId)).toMatchObject({ version: 8, baselines: { sessionsCompleted: 8 } });
});

test('a change whose response was lost is not applied twice', async () => {
  const { programId, key, client } = await server.createProgram();
  const network = createScriptedNetwork();
  const shaky = createFleetbeat({ baseUrl: server.url, key, fetch: network.fetch, random: () => 0 });
  await shaky.state.change(programId, (current) => {
    network.dropResponses(1);
    return oneMore(current);
  });
  expect(await client.state.read(programId)).toMatchObject({ version: 1, baselines: { sessionsCompleted: 1 } });
});

test('an empty change writes nothing', async () => {
  const { programId, client } = await server.createProgram();
  expect(await client.state.change(programId, async () => null)).toBeNull();
  expect(await client.state.read(programId)).toMatchObject({ exists: false, version: 0 });
});

test('a change gives up after too many conflicts', async () => {
  const { programId, client } = await server.createProgram();
  let rounds = 0;
  const overtaken = client.state.change(
    programId,
    async (current) => {
      rounds += 1;
      await client.state.update(programId, { contextSummary: { lastTask: `Round ${rounds}` } });
      return oneMore(current);
    },
    { maxAttempts: 3 },
  );
  await expect(overtaken).rejects.toMatchObject({ kind: 'version-mismatch', status: 412 });
  expect(rounds).toBe(3);
});
