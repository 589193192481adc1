import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { buildCli, newPerson, type Person } from '../../support/person.ts';
import { startScriptedAgent } from '../../support/scripted-agent.ts';

let house: TestHouse;
let cli: Awaited<ReturnType<typeof buildCli>>;
let network: CuttableProxy;
let person: Person;
let programId: string;
beforeAll(async () => {
  [house, cli] = await Promise.all([openTestHouse(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await house.close();
});
beforeEach(async () => {
  network = await startProxy(house.url);
  person = newPerson(cli.bin, network.url);
  const { programId: program, key } = await house.program();
  programId = program;
  const done = await person.types('fleetbeat connect claude-code --yes', '', { FLEETBEAT_KEY: key });
  expect(done).toMatchObject({ code: 0 });
});
afterEach(async () => {
  await network.close();
  await person.leave();
});

const spool = () => join(person.home, '.local/state/fleetbeat/hooks/spool', programId);
const statuses = async (sessionId: string) => {
  const { changes } = await house.admin.sessions.timeline(sessionId);
  return changes.map(({ status }) => status).toReversed();
};
const said = (prompts: readonly string[]) =>
  prompts.map((prompt) => person.hook('UserPromptSubmit', { prompt, transcript_path: null }));

test('what happens while the server is away is told in order when it is back: nothing is lost and nothing twice', async () => {
  await person.hook('SessionStart', {});
  await network.cut();
  for (const prompt of ['One', 'Two', 'Three']) expect((await said([prompt])[0])?.code).toBe(0);
  await person.hook('Notification', { message: 'May I?' });
  await person.hook('UserPromptSubmit', { prompt: 'You may' });
  await person.hook('Stop', { last_assistant_message: 'Done so far' });
  const flush = await person.types('fleetbeat hook flush');
  expect(flush).toMatchObject({ code: 5 });
  expect(person.waiting(programId)).toHaveLength(6);
  for (const name of person.waiting(programId)) expect(statSync(join(spool(), name)).mode & 0o777).toBe(0o600);
  const kept = join(person.home, 'kept');
  cpSync(spool(), kept, { recursive: true });

  await network.mend();
  expect((await person.types('fleetbeat hook flush --json')).code).toBe(0);
  const told = ['Started', 'One', 'Two', 'Three', 'May I?', 'You may', 'Turn done. Done so far'];
  expect(await statuses(person.session)).toEqual(told);
  const { version, contextSummary } = await house.admin.state.read(programId);
  expect(contextSummary.handoffNotes).toContain('Done so far');

  // A sender that died between the answer and the removal of the last file: the next one tells it again.
  const [last] = readdirSync(kept).sort().slice(-1);
  cpSync(join(kept, last ?? ''), join(spool(), last ?? ''));
  expect((await person.types('fleetbeat hook flush')).code).toBe(0);
  expect(await statuses(person.session)).toEqual(told);
  expect((await house.admin.state.read(programId)).version).toBe(version);
});

test('the next hook sends what waits, by itself', async () => {
  await person.hook('SessionStart', {});
  await network.cut();
  await said(['While it was away'])[0];
  await network.mend();
  await said(['Now'])[0];
  await person.sent(programId);
  expect(await statuses(person.session)).toEqual(['Started', 'While it was away', 'Now']);
});

test('a start that finds the server away tells so, and boots once when it is back', async () => {
  await network.cut();
  const start = await person.hook('SessionStart', {});
  expect(start.code).toBe(0);
  expect(JSON.parse(start.stdout).hookSpecificOutput.additionalContext).toContain('could not be reached');
  await said(['Work'])[0];
  await network.mend();
  expect((await person.types('fleetbeat hook flush')).code).toBe(0);
  expect(await statuses(person.session)).toEqual(['Started', 'Work']);
  const { sessions } = await house.admin.sessions.list({ programId });
  expect(sessions).toHaveLength(1);
});

test('what an agent could not tell before it was killed is told by the next start, before it takes over', async () => {
  const first = startScriptedAgent(person, `${person.session}-a`);
  await first.meets('SessionStart');
  await network.cut();
  await first.meets('UserPromptSubmit', { prompt: 'Never sent' });
  await first.meets('Stop', { last_assistant_message: 'Nobody heard this' });
  await first.kill();
  // Claude Code leaves these hooks to themselves; here they have ended, and their events are kept.
  expect(person.waiting(programId)).toHaveLength(2);
  await network.mend();
  const second = startScriptedAgent(person, `${person.session}-b`);
  const { context } = await second.meets('SessionStart');
  await second.kill();
  expect(context).toContain('Nobody heard this');
  expect(await statuses(`${person.session}-a`)).toContain('Never sent');
  expect(await house.admin.sessions.get(`${person.session}-a`)).toMatchObject({ successor: `${person.session}-b` });
});

test('hooks that run at once lose nothing and tell nothing twice', async () => {
  await person.hook('SessionStart', {});
  await network.cut();
  const prompts = Array.from({ length: 8 }, (_, number) => `Prompt ${number}`);
  await Promise.all(said(prompts));
  expect(person.waiting(programId)).toHaveLength(8);
  await network.mend();
  await Promise.all([person.types('fleetbeat hook flush'), person.types('fleetbeat hook flush')]);
  await person.sent(programId);
  const told = await statuses(person.session);
  expect(told.toSorted()).toEqual(['Started', ...prompts].toSorted());
});

test('one session whose turn it is not keeps no other waiting', async () => {
  await house.admin.sessions.create({
    name: 'Of another',
    sessionId: 'taken',
    programId: (await house.program()).programId,
  });
  await person.hook('SessionStart', { session_id: 'mine' });
  await person.hook('UserPromptSubmit', { session_id: 'taken', prompt: 'Not mine' });
  await person.hook('UserPromptSubmit', { session_id: 'mine', prompt: 'Mine' });
  const flush = await person.types('fleetbeat hook flush');
  expect(await statuses('mine')).toEqual(['Started', 'Mine']);
  expect(flush.code).toBe(5);
  expect(person.waiting(programId)).toHaveLength(1);
  expect((await house.admin.sessions.get('taken')).status).toBeNull();
});

test('an event that is older than what the server knows changes nothing of it', async () => {
  const { key } = await house.admin.keys.create({ programId });
  await person.hook('SessionStart', {});
  const { updatedAt } = await house.admin.sessions.update(person.session, {
    status: 'By the agent itself',
    progress: 40,
  });
  const at = Date.now() - 60_000;
  const event = { at, moment: 'prompt', client: 'claude-code', programId, sessionId: person.session, project: 'auth' };
  const waits = (id: string, more: object) =>
    writeFileSync(join(spool(), `${id}.json`), JSON.stringify({ id, ...event, ...more }));
  const answer = 'An old answer';
  waits('1', { status: 'An old prompt', state: 'complete', handoff: { prompt: null, answer } });
  expect((await person.types('fleetbeat hook flush')).code).toBe(0);
  expect(await house.admin.sessions.get(person.session)).toMatchObject({
    status: 'By the agent itself',
    state: 'working',
  });
  // An old handover is news until there is a newer one.
  const notes = async () => (await house.client(key).state.read(programId)).contextSummary.handoffNotes;
  expect(await notes()).toContain(answer);
  waits('2', { at: at - 1, status: 'Older', handoff: { prompt: null, answer: 'An older answer' } });
  expect((await person.types('fleetbeat hook flush')).code).toBe(0);
  expect(await notes()).toContain(answer);
  // Where nobody but the hooks has written since, what is late is news too.
  const seen = join(person.home, '.local/state/fleetbeat/hooks/sessions', programId, person.session, 'seen');
  writeFileSync(seen, updatedAt);
  waits('3', { status: 'A late prompt' });
  expect((await person.types('fleetbeat hook flush')).code).toBe(0);
  expect(await house.admin.sessions.get(person.session)).toMatchObject({ status: 'A late prompt', progress: 40 });
});

test('what waits is bounded: of too much the oldest heartbeats go first', async () => {
  await person.hook('SessionStart', {});
  await network.cut();
  await said(['Zero'])[0];
  const event = JSON.parse(readFileSync(join(spool(), person.waiting(programId)[0] ?? ''), 'utf8'));
  const old = (number: number, end: string) => `${String(number).padStart(15, '0')}-001-1-x.${end}`;
  for (let number = 0; number < 1_998; number++) {
    const file = old(number, number % 2 === 0 ? 'json' : 'beat.json');
    writeFileSync(join(spool(), file), JSON.stringify({ ...event, id: file.split('.')[0] }));
  }
  await Promise.all(said(['One', 'Two', 'Three']));
  const waiting = person.waiting(programId);
  expect(waiting).toHaveLength(2_000);
  expect(waiting).not.toContain(old(1, 'beat.json'));
  expect(waiting).toContain(old(0, 'json'));
});
