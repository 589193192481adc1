import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { randomName, startTestServer, type TestServer } from '../../support/test-server.ts';
import { buildCli, createWorkstation, type Workstation } from '../../support/workstation.ts';

const DAY = 24 * 60 * 60 * 1000;

let server: TestServer;
let cli: Awaited<ReturnType<typeof buildCli>>;
let machine: Workstation;
let programId: string;
beforeAll(async () => {
  [server, cli] = await Promise.all([startTestServer(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await server.close();
});
beforeEach(() => {
  machine = createWorkstation(cli.bin, server.url);
  programId = randomName();
});
afterEach(() => machine.remove());

const connectionFile = ({ home }: Workstation) => join(home, '.config/fleetbeat/programs', `${programId}.json`);
const readKey = (of: Workstation): string => JSON.parse(readFileSync(connectionFile(of), 'utf8')).key;

function saveKey(to: Workstation, key: string) {
  mkdirSync(dirname(connectionFile(to)), { recursive: true });
  writeFileSync(connectionFile(to), JSON.stringify({ url: server.url, key, words: false }), { mode: 0o600 });
}

/** A key in the second half of its life, which `FLEETBEAT_KEY` or a person would have to replace. */
async function createKey(renewable: boolean) {
  const made = await server.admin.keys.create({ programId, ttlDays: 20, renewable });
  server.clock.advance(12 * DAY);
  return made;
}

const runHook = (on: Workstation, session_id: string, event = 'UserPromptSubmit') =>
  on.runHook(event, { session_id, prompt: 'Go on' }, `--program ${programId}`);

const listKeys = async () => (await server.admin.keys.list({ programId })).keys;

test('hooks that run at once renew the key once, atomically and with mode 600; nothing else in the file changes', async () => {
  const { key, keyId } = await createKey(true);
  saveKey(machine, key);
  const runs = await Promise.all(['one', 'two', 'three', 'four', 'five'].map((session) => runHook(machine, session)));
  expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(runs.map(() => ({ code: 0, stderr: '' })));
  const renewed = await eventually(async () => (readKey(machine) === key ? undefined : readKey(machine)));
  await machine.waitUntilSent(programId);
  const me = await server.client(String(renewed)).me();
  expect(Date.parse(String(me.expiresAt)) - server.clock.now()).toBeGreaterThan(19 * DAY);
  expect(JSON.parse(readFileSync(connectionFile(machine), 'utf8'))).toEqual({
    url: server.url,
    key: renewed,
    words: false,
  });
  expect(statSync(connectionFile(machine)).mode & 0o777).toBe(0o600);
  expect((await listKeys()).map((each) => each.keyId)).toEqual([me.keyId, keyId]);
  // A process that holds the old key goes on.
  expect((await server.client(key).me()).programId).toBe(programId);
  await runHook(machine, 'six');
  await machine.waitUntilSent(programId);
  expect(readKey(machine)).toBe(renewed);
  expect(await listKeys()).toHaveLength(2);
});

test('two machines with one key that renew at once have the same new key', async () => {
  const { key } = await createKey(true);
  const other = createWorkstation(cli.bin, server.url);
  try {
    for (const each of [machine, other]) saveKey(each, key);
    await Promise.all([runHook(machine, 'here'), runHook(other, 'there')]);
    await eventually(async () => readKey(machine) !== key && readKey(other) !== key);
    expect(readKey(other)).toBe(readKey(machine));
    expect(await listKeys()).toHaveLength(2);
  } finally {
    await other.remove();
  }
});

test('a machine whose key was renewed elsewhere goes on with it to its end', async () => {
  const { key, keyId } = await createKey(true);
  saveKey(machine, key);
  await server.client(key).keys.rotate(keyId, { renew: true });
  await runHook(machine, 'late');
  await machine.waitUntilSent(programId);
  expect(readKey(machine)).toBe(key);
  expect(await server.admin.sessions.get('late')).toMatchObject({ programId, status: expect.any(String) });
});

test('a key that is not renewable, and one that the hooks do not hold, are left as they are', async () => {
  const { key } = await createKey(false);
  saveKey(machine, key);
  await runHook(machine, 'plain');
  await machine.waitUntilSent(programId);
  expect(readKey(machine)).toBe(key);
  expect(await listKeys()).toHaveLength(1);
});

test('a hook that dies between the answer and the file loses nothing: the next one gets the same key', async () => {
  const { key, keyId } = await createKey(true);
  const lost = await server.client(key).keys.rotate(keyId, { renew: true, idempotencyKey: `renew-${keyId}` });
  saveKey(machine, key);
  await runHook(machine, 'next');
  await eventually(async () => readKey(machine) === lost.key);
});

test('connect makes keys that are renewed', async () => {
  const asAdmin = { FLEETBEAT_KEY: server.adminKey };
  const line = `fleetbeat connect claude-code --make-key --yes --program ${programId}`;
  expect(await machine.runCommandLine(line, '', asAdmin)).toMatchObject({ code: 0 });
  const first = readKey(machine);
  server.clock.advance(77 * DAY);
  await runHook(machine, 'renewed');
  await eventually(async () => readKey(machine) !== first);
  expect(await server.client(readKey(machine)).me()).toMatchObject({ programId, renewable: true });
});
