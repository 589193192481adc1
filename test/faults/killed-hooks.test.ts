import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { components, Fleetbeat } from '../../clients/typescript/src/index.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/find-mysql.ts';
import { createRandom } from '../support/seeded-random.ts';
import { type Environment, type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { buildCli, createWorkstation, type Workstation } from '../support/workstation.ts';

const ADMIN_KEY = 'fb_hooks-test_0123456789abcdef0123456789abcdef';
const IS_FULL_RUN = process.env['FLEETBEAT_TEST_FULL'] === '1';
const MESSAGES = IS_FULL_RUN ? 1_000 : 16;
const QUESTIONS = IS_FULL_RUN ? 1_000 : 6;
const HOURS_MS = 3 * 3_600_000;
/** Longer than a claim of a hook that was killed holds a message back. */
const DRAIN_MS = 90_000;
const PROGRAM = 'killed-hooks';
/** A restart is survived by retries. */
const PATIENT = { within: '2m' } as const;

const random = createRandom('killed-hooks');
let database: TestDatabase;
let environment: Environment;
let server: ServerProcess;
let cli: Awaited<ReturnType<typeof buildCli>>;
let workstation: Workstation;
let admin: Fleetbeat;
beforeAll(async () => {
  [database, cli] = await Promise.all([createTestDatabase(), buildCli()]);
  environment = {
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    PORT: String(await freePort()),
  };
  server = await startServerProcess(environment);
  admin = server.client(ADMIN_KEY);
  workstation = createWorkstation(cli.bin, server.url);
  const connect = `fleetbeat connect claude-code --yes --make-key --program ${PROGRAM} --allow-from-afar yes`;
  const { code, stderr } = await workstation.runCommandLine(connect, '', { FLEETBEAT_KEY: ADMIN_KEY });
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  await workstation.runHook('SessionStart', {});
});
afterAll(async () => {
  await workstation?.remove();
  await server?.kill();
  cli?.remove();
  await database?.remove();
});

interface RunningHook {
  readonly process: ChildProcess;
  readonly output: Promise<string>;
}

/** A hook of the agent whose process can be killed. */
function startHook(event: string, fields: object): RunningHook {
  const child = spawn('fleetbeat', ['hook', event], {
    cwd: workstation.project,
    env: { ...workstation.environment },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin
    .on('error', () => undefined)
    .end(JSON.stringify({ session_id: workstation.sessionId, cwd: workstation.project, ...fields }));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return { process: child, output: once(child, 'close').then(() => text) };
}

/** A hook does not ask again for 30 seconds after the server failed: that is not what is tried. */
const endPause = () => rmSync(join(sessionFolder(), 'inboxFailed'), { force: true });

const runToolHook = async () => {
  endPause();
  return await startHook('PostToolUse', { tool_name: 'Read', tool_input: {} }).output;
};

const sessionFolder = () =>
  join(workstation.home, '.local/state/fleetbeat/hooks/sessions', PROGRAM, workstation.sessionId);

/** Each message that no hook has told, with what the server and the session's folder know of it. */
async function describeMissing(numbers: readonly number[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const stored: components['schemas']['Message'][] = [];
  for await (const message of admin.messages.all({ programId: PROGRAM, includeRead: true, limit: 50 }))
    stored.push(message);
  const files = readdirSync(sessionFolder());
  return numbers.map((number) => {
    const message = stored.find(({ text }) => text === `message ${number} of the test.`);
    if (!message) return `message ${number}: the server has none`;
    const { messageId, createdAt, deliveredAt, acknowledgedAt } = message;
    const kept = files
      .filter((name) => name.includes(messageId))
      .map((name) => `${name} (${readFileSync(join(sessionFolder(), name), 'utf8')})`);
    return `message ${number}: ${JSON.stringify({ messageId, createdAt, deliveredAt, acknowledgedAt, kept })}`;
  });
}

async function killAfter(hook: RunningHook, ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  hook.process.kill('SIGKILL');
}

async function restartServer(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, random.int(0, 200)));
  await server.kill();
  server = await startServerProcess(environment);
}

test(
  `of ${MESSAGES} messages none is lost, whichever hooks, senders and servers are killed`,
  async () => {
    const outputs: string[] = [];
    let kills = 0;
    for (let number = 0; number < MESSAGES; number++) {
      const text = `message ${number} of the test.`;
      // A sender that was killed sends it again, with its key.
      const options = { ...PATIENT, idempotencyKey: `message-${number}` };
      const send = () => admin.messages.send({ to: PROGRAM, kind: 'DIRECTIVE', text }, options);
      const isServerKilled = number % 8 === 7;
      endPause();
      const hook = startHook('PostToolUse', { tool_name: 'Read', tool_input: {} });
      const isHookKilled = random.fraction() < 0.5;
      if (isHookKilled) kills++;
      await Promise.all([
        send().then(send),
        isHookKilled && killAfter(hook, random.int(0, 600)),
        isServerKilled && restartServer(),
        runToolHook().then((output) => outputs.push(output)),
      ]);
      outputs.push(await hook.output);
    }
    const countAll = () => {
      const whole = outputs.join('\n');
      return Array.from({ length: MESSAGES }, (_, number) => whole.split(`message ${number} of the test.`).length - 1);
    };
    // An answer that does not come in time brings nothing, and a claim whose process has died is void after a while.
    for (const until = Date.now() + DRAIN_MS; countAll().includes(0) && Date.now() < until; )
      outputs.push(await runToolHook());
    const counts = countAll();
    const missing = counts.flatMap((count, number) => (count === 0 ? [number] : []));
    expect(await describeMissing(missing)).toEqual([]);
    // Only what a hook had printed when it was killed is told again.
    expect(counts.filter((count) => count > 1).length).toBeLessThanOrEqual(kills);
  },
  IS_FULL_RUN ? HOURS_MS : 240_000,
);

test(
  `of ${QUESTIONS} questions none is lost and none is answered twice, whichever hooks and servers are killed`,
  async () => {
    for (let number = 0; number < QUESTIONS; number++) {
      const hook = startHook('PermissionRequest', { tool_name: 'Bash', tool_input: { command: `make ${number}` } });
      const question = await eventually(async () => {
        const { questions } = await admin.questions.list({ programId: PROGRAM }, PATIENT);
        return questions.find(({ title }) => title === `Bash: make ${number}`);
      });
      const answer = (option: string) =>
        admin.questions.answer(question.questionId, { option }, PATIENT).then(
          () => option,
          ({ kind }: { kind: string }) => kind,
        );
      const isHookKilled = number % 3 === 1;
      const [first, second] = await Promise.all([
        answer('allow'),
        answer('deny'),
        isHookKilled && killAfter(hook, random.int(0, 50)),
        number % 3 === 2 && restartServer(),
      ]);
      expect([first, second].filter((each) => each === 'question-answered')).toHaveLength(1);
      const won = first === 'question-answered' ? second : first;
      expect((await admin.questions.get(question.questionId, {}, PATIENT)).answer?.option).toBe(won);
      const output = await hook.output;
      if (output !== '') expect(JSON.parse(output).hookSpecificOutput.decision.behavior).toBe(won);
      else expect(isHookKilled).toBe(true);
      await workstation.runHook('UserPromptSubmit', { prompt: 'Go on' });
    }
  },
  IS_FULL_RUN ? HOURS_MS : 240_000,
);
