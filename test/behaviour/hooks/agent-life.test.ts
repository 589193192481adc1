import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { buildCli, newPerson, type Person } from '../../support/person.ts';
import { startScriptedAgent } from '../../support/scripted-agent.ts';

let house: TestHouse;
let cli: Awaited<ReturnType<typeof buildCli>>;
let person: Person;
beforeAll(async () => {
  [house, cli] = await Promise.all([openTestHouse(), buildCli()]);
});
afterAll(async () => {
  cli.remove();
  await house.close();
});
beforeEach(() => {
  person = newPerson(cli.bin, house.url);
});
afterEach(() => person.leave());

const connect = async (programId: string) => {
  const done = await person.types(`fleetbeat connect claude-code --make-key --yes --program ${programId}`, '', {
    FLEETBEAT_KEY: house.adminKey,
  });
  expect(done).toMatchObject({ code: 0 });
};

test('an agent that is killed starts again with its memory, without a word of its own', async () => {
  await connect('phoenix');
  const first = startScriptedAgent(person, 'run-1');
  expect((await first.meets('SessionStart', { source: 'startup' })).context).toContain('program phoenix');
  await first.meets('UserPromptSubmit', { prompt: 'Add validation to /api/users\nand test it' });
  await first.meets('PostToolUse', { tool_name: 'Edit' });
  await first.meets('Stop', { last_assistant_message: 'Email and name are validated. The role is open.' });
  await person.sent('phoenix');
  await first.meets('UserPromptSubmit', { prompt: 'Now the role' });
  await person.sent('phoenix');
  await first.kill();

  const second = startScriptedAgent(person, 'run-2');
  const { context, codes } = await second.meets('SessionStart', { source: 'startup' });
  await second.kill();

  expect(codes).toEqual([0]);
  expect(context).toContain('Email and name are validated. The role is open.');
  expect(context).toContain('Its last status: Now the role');
  // It died a moment ago, so the server alone would call it alive.
  expect(await house.admin.sessions.get('run-1')).toMatchObject({
    state: 'complete',
    completeReason: 'handed-off',
    successor: 'run-2',
  });
  expect(await house.admin.sessions.get('run-2')).toMatchObject({ state: 'working', programId: 'phoenix' });
});

test('an agent that still runs is not taken over by a second one in the same folder', async () => {
  await connect('pair');
  const first = startScriptedAgent(person, 'pair-1');
  await first.meets('SessionStart', { source: 'startup' });
  const second = startScriptedAgent(person, 'pair-2');
  expect((await second.meets('SessionStart', { source: 'startup' })).context).toContain('pair-1, still runs');
  await first.meets('UserPromptSubmit', { prompt: 'Go on' });
  await person.sent('pair');
  await Promise.all([first.kill(), second.kill()]);
  expect(await house.admin.sessions.get('pair-1')).toMatchObject({
    state: 'working',
    status: 'Go on',
    successor: null,
  });
});

test('two agents that start at once after one that died are both there, and one has taken over', async () => {
  await connect('rivals');
  const dead = startScriptedAgent(person, 'dead');
  await dead.meets('SessionStart');
  await dead.meets('Stop', { last_assistant_message: 'What was left' });
  await person.sent('rivals');
  await dead.kill();
  const agents = ['left', 'right'].map((id) => startScriptedAgent(person, id));
  const told = await Promise.all(agents.map((agent) => agent.meets('SessionStart')));
  await Promise.all(agents.map((agent) => agent.kill()));
  for (const { context } of told) expect(context).toContain('What was left');
  const { successor } = await house.admin.sessions.get('dead');
  expect(['left', 'right']).toContain(successor);
  for (const id of ['left', 'right'])
    expect(await house.admin.sessions.get(id)).toMatchObject({ state: 'working', successor: null });
});

test('an agent that goes on after another has taken over goes on as a session of its own', async () => {
  const { programId } = await house.program();
  await connect(programId);
  const agent = startScriptedAgent(person, 'slept');
  await agent.meets('SessionStart');
  await house.admin.sessions.update('slept', { status: 'Hands over', handoffRequired: true });
  await house.admin.boot(programId, { name: 'Elsewhere', sessionId: 'elsewhere' });
  house.clock.advance(2 * 60_000);
  await agent.meets('SessionStart', { source: 'resume' });
  await agent.meets('UserPromptSubmit', { prompt: 'Once more' });
  await person.sent(programId);
  await agent.kill();
  const { sessions } = await house.admin.sessions.list({ programId });
  const resumed = sessions.find(({ sessionId }) => sessionId.startsWith('slept.'));
  expect(resumed).toMatchObject({ status: 'Once more', state: 'working' });
  expect(await house.admin.sessions.get('slept')).toMatchObject({ successor: 'elsewhere' });
});

test('a question blocks, and an answer or the tool that it was about unblocks', async () => {
  await connect('asks');
  const agent = startScriptedAgent(person, 'asks-1');
  await agent.meets('SessionStart');
  const stateAfter = async (event: string, fields: object) => {
    await agent.meets(event, { ...fields });
    await person.sent('asks');
    const { state, status } = await house.admin.sessions.get('asks-1');
    return { state, status };
  };
  const question = { message: 'Claude needs your permission to use Bash', notification_type: 'permission_prompt' };
  expect(await stateAfter('UserPromptSubmit', { prompt: 'Deploy' })).toEqual({ state: 'working', status: 'Deploy' });
  expect(await stateAfter('PreToolUse', { tool_name: 'Bash' })).toEqual({ state: 'working', status: 'Deploy · Bash' });
  expect(await stateAfter('Notification', question)).toEqual({ state: 'blocked', status: question.message });
  // Within 30 seconds of the tool before: what changes is told all the same.
  expect(await stateAfter('PostToolUse', { tool_name: 'Bash' })).toMatchObject({ state: 'working' });
  expect(await stateAfter('Notification', { message: 'Waits', notification_type: 'idle_prompt' })).toMatchObject({
    state: 'blocked',
  });
  expect(await stateAfter('UserPromptSubmit', { prompt: 'Yes' })).toEqual({ state: 'working', status: 'Yes' });
  expect(await stateAfter('Notification', { message: 'Signed in', notification_type: 'auth_success' })).toMatchObject({
    state: 'working',
  });
  await agent.kill();
});

test('a session that a person pinned stays pinned', async () => {
  await connect('pins');
  await person.hook('SessionStart', { session_id: 'pinned' });
  await house.admin.sessions.update('pinned', { status: 'Look at this', state: 'pinned' });
  await person.hook('UserPromptSubmit', { session_id: 'pinned', prompt: 'Go on' });
  await person.hook('Stop', { session_id: 'pinned' });
  await person.sent('pins');
  expect(await house.admin.sessions.get('pinned')).toMatchObject({ state: 'pinned' });
});

test('the context use is the growth of the transcript since the last compaction; a full one asks for a successor until it goes on', async () => {
  await connect('grows');
  const transcript_path = join(person.home, 'transcript.jsonl');
  writeFileSync(transcript_path, 'x'.repeat(5_000));
  const after = async (event: string, fields: object = {}) => {
    await person.hook(event, { session_id: 'grows', transcript_path, ...fields });
    await person.sent('grows');
    const { contextBytes, handoffRequired } = await house.admin.sessions.get('grows');
    return { contextBytes, handoffRequired };
  };
  expect(await after('SessionStart')).toEqual({ contextBytes: 5_000, handoffRequired: false });
  appendFileSync(transcript_path, 'x'.repeat(3_000));
  expect(await after('PreCompact', { trigger: 'auto' })).toEqual({ contextBytes: 8_000, handoffRequired: true });
  appendFileSync(transcript_path, 'x'.repeat(500));
  expect(await after('SessionStart', { source: 'compact' })).toEqual({ contextBytes: 500, handoffRequired: false });
  expect(await after('PreCompact', { trigger: 'manual' })).toMatchObject({ handoffRequired: false });
});

test('an end completes the session and leaves a handover; what the agent itself has written stays', async () => {
  await connect('ends');
  const { key } = await house.admin.keys.create({ programId: 'ends' });
  await person.hook('SessionStart', { session_id: 'ends' });
  const own = { lastTask: 'Sessions in Redis', handoffNotes: 'The cache key has a version: bump it.' };
  await house.client(key).state.update('ends', { contextSummary: own });
  await person.hook('UserPromptSubmit', { session_id: 'ends', prompt: 'Review it' });
  await person.hook('Stop', { session_id: 'ends', last_assistant_message: 'First answer' });
  await person.hook('Stop', { session_id: 'ends', last_assistant_message: 'Second answer' });
  await person.hook('SessionEnd', { session_id: 'ends', reason: 'prompt_input_exit' });
  await person.sent('ends');
  expect(await house.admin.sessions.get('ends')).toMatchObject({ state: 'complete', successor: null });
  const { contextSummary } = await house.admin.state.read('ends');
  expect(contextSummary.lastTask).toBe(own.lastTask);
  expect(contextSummary.handoffNotes).toContain(own.handoffNotes);
  expect(contextSummary.handoffNotes).toContain('Second answer');
  expect(contextSummary.handoffNotes).not.toContain('First answer');
  expect((await person.hook('SessionStart', { session_id: 'next' })).stdout).toContain('Second answer');
});

test('a private connection sends no words of prompts, answers and questions', async () => {
  const connected = await person.types('fleetbeat connect claude-code --make-key -y --private --program quiet', '', {
    FLEETBEAT_KEY: house.adminKey,
  });
  expect(connected.code).toBe(0);
  const secret = 'the merger';
  await person.hook('SessionStart', { session_id: 'quiet' });
  await person.hook('UserPromptSubmit', { session_id: 'quiet', prompt: secret });
  await person.hook('PreToolUse', { session_id: 'quiet', tool_name: 'Bash' });
  await person.hook('Notification', { session_id: 'quiet', message: secret });
  await person.hook('Stop', { session_id: 'quiet', last_assistant_message: secret });
  await person.sent('quiet');
  const told = JSON.stringify([await house.admin.sessions.timeline('quiet'), await house.admin.state.read('quiet')]);
  expect(told).not.toContain(secret);
  expect(told).toContain('Waits for its user');
});
