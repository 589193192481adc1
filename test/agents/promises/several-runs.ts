/** Runs that are killed, resumed, forked, or that find something beside themselves. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETUPS } from '../agents.ts';
import type { Lab } from '../lab.ts';
import type { AgentName } from '../model/start-model.ts';
import { comesTrue, expectThat, type Row, select, shorten } from './row.ts';

const connectionFile = (lab: Lab) => join(lab.home, '.config/fleetbeat/programs', `${lab.programId}.json`);

/** Runs one prompt while the connection is another. */
async function promptWith(lab: Lab, change: Readonly<Record<string, string>>, prompt: string) {
  const before = readFileSync(connectionFile(lab), 'utf8');
  writeFileSync(connectionFile(lab), JSON.stringify({ ...JSON.parse(before), ...change }));
  const startedAt = Date.now();
  try {
    return { ...(await lab.prompt(prompt)), tookMs: Date.now() - startedAt };
  } finally {
    writeFileSync(connectionFile(lab), before);
  }
}

type Command = readonly [string, ...string[]];

const RESUME: Readonly<Partial<Record<AgentName, (prompt: string) => Command>>> = {
  'claude-code': (prompt: string) => ['claude', '--continue', '-p', prompt],
  codex: (prompt: string) => ['codex', 'exec', '--dangerously-bypass-hook-trust', 'resume', '--last', prompt],
  gemini: (prompt: string) => ['gemini', '-y', '--resume', 'latest', '-p', prompt],
};

const LONG_PROMPT = 'Third words [play:long]';
const LONG: Readonly<Partial<Record<AgentName, Command>>> = {
  'claude-code': ['claude', '-p', LONG_PROMPT, '--allowedTools', 'Bash'],
  codex: ['codex', 'exec', '--dangerously-bypass-hook-trust', LONG_PROMPT],
  gemini: ['gemini', '-y', '-p', LONG_PROMPT],
};

export const SEVERAL_RUNS: readonly Row[] = [
  {
    promise: 'killed with kill -9: the next start takes over, and is told that it died, in what, and what git says now',
    async check(lab) {
      const before = await lab.sessionIds();
      lab.forgetCommand();
      const running = lab.start(select(LONG, lab));
      const isAtWork = await comesTrue(async () => lab.hasCommandBegun() && (await lab.sessionIds())[0] !== before[0]);
      const killed = (await lab.sessionIds())[0] ?? '';
      if (!isAtWork || before.includes(killed)) {
        running.killAll();
        return 'it did not come to its second tool';
      }
      await comesTrue(async () => (await lab.admin.sessions.get(killed)).status?.startsWith('Third') === true);
      process.kill(lab.agentPid(killed), 'SIGKILL');
      running.killAll();
      await running.ended;
      lab.endCommand();
      await lab.prompt('Fourth words [play:hello]');
      const prompt = lab.requests('hello').at(-1)?.text ?? '';
      const { successor } = await lab.admin.sessions.get(killed);
      const isTold =
        prompt.includes(killed) &&
        /was killed|died/.test(prompt) &&
        prompt.includes('Third words') &&
        /branch \w+ [\s\S]{0,60}changed files/.test(prompt);
      const memory = /Fleetbeat: this is[\s\S]{0,700}/.exec(prompt)?.[0] ?? prompt;
      return expectThat(
        isTold && successor !== null,
        () => `killed ${killed}, successor ${successor}; told: ${memory}`,
      );
    },
  },
  {
    promise: 'resumed, it is the same session',
    async check(lab) {
      const before = await lab.sessionIds();
      const { code, output } = await lab.run(select(RESUME, lab)('Once more [play:hello]'));
      await comesTrue(async () => (await lab.newest()).state === 'complete');
      const after = await lab.sessionIds();
      const seen = () => `exit ${code}, ${after.length - before.length} new: ${shorten(output)}`;
      return expectThat(code === 0 && after.length === before.length, seen);
    },
  },
  {
    promise: 'forked, the old session stays complete and the fork is a session of its own',
    cannot: { codex: 'codex exec has no fork', gemini: 'Gemini CLI has no fork' },
    async check(lab) {
      const before = await lab.sessionIds();
      await lab.run(['claude', '--continue', '--fork-session', '-p', 'As a fork [play:hello]']);
      const isOver = await comesTrue(async () => {
        const { sessions } = await lab.admin.sessions.list({ programId: lab.programId, limit: 50 });
        return sessions.length === before.length + 1 && sessions.every(({ state }) => state === 'complete');
      });
      const { sessions } = await lab.admin.sessions.list({ programId: lab.programId, limit: 50 });
      const seen = () =>
        `${sessions.length - before.length} new, ${JSON.stringify(sessions.slice(0, 3).map(({ state, status }) => [state, status]))}`;
      return expectThat(isOver, seen);
    },
  },
  {
    promise: 'a command that starts no session makes none',
    withoutHooks: true,
    async check(lab) {
      const before = await lab.sessionIds();
      const [program] = SETUPS[lab.agent].interactive;
      await lab.run([program, 'mcp', 'list']);
      const isMore = await comesTrue(async () => (await lab.sessionIds()).length > before.length, 3_000);
      return expectThat(!isMore, () => 'there is one more');
    },
  },
  {
    promise: 'a model that boots by the tools stays in the session of the hooks',
    async check(lab) {
      const before = await lab.sessionIds();
      await lab.prompt('Do as you are told [play:obedient]');
      await comesTrue(async () => !before.includes((await lab.newest()).sessionId));
      await comesTrue(async () => (await lab.newest()).state === 'complete');
      const made = (await lab.sessionIds()).length - before.length;
      const isObeyed = lab.requests('obedient').some(({ answer }) => 'tool' in answer && answer.tool.includes('boot'));
      return expectThat(made === 1 && isObeyed, () => `${made} sessions, boot called: ${isObeyed}`);
    },
  },
  {
    promise: 'a refused key is told as one, and not as an outage',
    async check(lab) {
      await promptWith(lab, { key: 'fb_nobody_0123456789abcdef0123456789abcdef' }, 'With a bad key [play:hello]');
      const prompt = lab.requests('hello').at(-1)?.text ?? '';
      const isTold = prompt.includes('refused the key') && !prompt.includes('could not be reached');
      return expectThat(isTold, () => shorten(/Fleetbeat[\s\S]{0,300}/.exec(prompt)?.[0] ?? prompt));
    },
  },
  {
    promise: 'without a server it works on, is told so, and everything is told later',
    async check(lab) {
      const { code } = await promptWith(lab, { url: 'http://127.0.0.1:9' }, 'Nobody there [play:hello]');
      const prompt = lab.requests('hello').at(-1)?.text ?? '';
      const wasTold = prompt.includes('Fleetbeat could not be reached');
      await lab.fleetbeat('hook', 'flush');
      const isLater = await comesTrue(async () => {
        const { sessionId, state } = await lab.newest();
        return (
          state === 'complete' && (await lab.statuses(sessionId)).some((status) => status.startsWith('Nobody there'))
        );
      });
      return expectThat(code === 0 && wasTold && isLater, () => `exit ${code}, told ${wasTold}, later ${isLater}`);
    },
  },
];
