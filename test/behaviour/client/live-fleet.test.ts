/** `fleet.live()`: the fleet as it is, then every change, without a gap and across lost connections. */
import { expect, test } from 'vitest';
import { createFleetbeat, type LiveFleet } from '../../../clients/typescript/src/index.ts';
import { startProxy } from '../../support/cuttable-proxy.ts';
import { createScriptedNetwork } from '../../support/scripted-network.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** Reads on until the fleet is as wanted; the test's own timeout ends the wait. */
async function readUntil(fleets: AsyncIterator<LiveFleet>, isWanted: (fleet: LiveFleet) => boolean) {
  for (;;) {
    const { value, done } = await fleets.next();
    if (done) throw new Error('It has ended');
    if (isWanted(value)) return value as LiveFleet;
  }
}

const shows = (programId: string, state: string) => (fleet: LiveFleet) =>
  fleet.programs.some((each) => each.programId === programId && each.state === state);

test('begins with the fleet as it is, and goes on with each change', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Live', state: 'working' });
  const fleets = server.admin.fleet.live({ every: 0 });
  const first = await readUntil(fleets, () => true);
  expect(first.connection).toBe('live');
  expect(shows(programId, 'working')(first)).toBe(true);
  await client.sessions.update(sessionId, { status: 'Which database?', state: 'blocked' });
  await readUntil(fleets, shows(programId, 'blocked'));
  const { programId: another } = await server.createProgram();
  await readUntil(fleets, ({ programs }) => programs.some((each) => each.programId === another));
  await fleets.return();
});

test('what happens while the fleet is read is not missed', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Racing', state: 'working' });
  let reads = 0;
  // The server's answer to the first read is from before the change that follows it.
  const fetch = async (url: string, init: RequestInit) => {
    const response = await globalThis.fetch(url, init);
    if (!url.endsWith('/fleet/health')) return response;
    reads += 1;
    const body = await response.text();
    if (reads === 1) await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
    return new Response(body, response);
  };
  const racing = createFleetbeat({ baseUrl: server.url, key: server.adminKey, fetch });
  const fleets = racing.fleet.live({ every: 0 });
  expect(shows(programId, 'working')(await readUntil(fleets, () => true))).toBe(true);
  await readUntil(fleets, shows(programId, 'complete'));
  await fleets.return();
});

test('says when the server cannot be reached, with what was last known, and is right again afterwards', async () => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Cut', state: 'working' });
  const proxy = await startProxy(server.url);
  const cut = createFleetbeat({ baseUrl: proxy.url, key: server.adminKey, random: () => 0 });
  const fleets = cut.fleet.live({ every: 0 });
  await readUntil(fleets, ({ connection }) => connection === 'live');
  await proxy.cut();
  expect(shows(programId, 'working')(await readUntil(fleets, ({ connection }) => connection === 'lost'))).toBe(true);
  await client.sessions.update(sessionId, { status: 'Which database?', state: 'blocked' });
  await proxy.restore();
  const after = await readUntil(fleets, ({ connection }) => connection === 'live');
  if (!shows(programId, 'blocked')(after)) await readUntil(fleets, shows(programId, 'blocked'));
  await fleets.return();
  await proxy.close();
});

test('says so, too, when the server is away from the start', async () => {
  const away = createFleetbeat({ baseUrl: 'http://127.0.0.1:9', key: server.adminKey });
  const fleets = away.fleet.live();
  expect(await fleets.next()).toMatchObject({ value: { connection: 'lost', programs: [] } });
  await fleets.return();
});

test('ends with its signal, and with return, and leaves no connection open', async () => {
  const network = createScriptedNetwork();
  const fleetbeat = createFleetbeat({ baseUrl: server.url, key: server.adminKey, fetch: network.fetch });
  const controller = new AbortController();
  const bySignal = fleetbeat.fleet.live({ signal: controller.signal });
  const byReturn = fleetbeat.fleet.live();
  await Promise.all([bySignal.next(), byReturn.next()]);
  const [pending, other] = [bySignal.next(), byReturn.next()];
  controller.abort();
  await byReturn.return();
  expect([(await pending).done, (await other).done]).toEqual([true, true]);
  const streams = network.sent.filter(({ url }) => url.includes('/v1/events'));
  expect(streams.map(({ signal }) => signal.aborted)).toEqual([true, true]);
});

test('rejects for a key that may not see the fleet', async () => {
  const { client } = await server.createProgram();
  await expect(client.fleet.live().next()).rejects.toMatchObject({ kind: 'forbidden' });
});
