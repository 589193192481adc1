/** What happens beside an agent at a terminal whose turn is over: its status line, and what wakes it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab.ts';
import { comesTrue, expectThat, type Row, scaleToMachine } from './row.ts';
import { atTerminal, lastLines, prompt, shows } from './terminal.ts';

const OWN_LINE = 'A-LINE-OF-MY-OWN';
const WAKE_TIMEOUT_MS = 5_000;

/** A person's own status line, which keeps what it is told. */
function writeOwnStatusLine(lab: Lab): string {
  const told = join(lab.home, 'status-line.json');
  mkdirSync(join(lab.home, '.claude'), { recursive: true });
  const statusLine = { type: 'command', command: `cat > '${told}'; echo ${OWN_LINE}` };
  writeFileSync(join(lab.home, '.claude/settings.json'), JSON.stringify({ statusLine }));
  return told;
}

/** The resident memory in MB of the process that waits; 0 while there is none. */
function measureWaiter(): number {
  const lines = execFileSync('ps', ['-axo', 'rss=,args='], { encoding: 'utf8' }).split('\n');
  const own = lines.find((line) => /^\s*\d+\s+\S*node\S* .*\bhook wake\b/.test(line));
  return Math.round(Number.parseInt(own ?? '0', 10) / 1_024);
}

const connect = (lab: Lab, ...options: readonly string[]) =>
  lab.fleetbeat('connect', lab.agent, '--scope', 'project', '--yes', ...options);

export const IDLE: readonly Row[] = [
  {
    promise: "its user's own status line is shown, and the context use is within 2 points of what the agent says there",
    cannot: {
      codex: 'Codex runs no command for its status line, and tells its window in the transcript',
      gemini: 'Gemini CLI runs no command for its status line',
    },
    async check(lab) {
      const told = writeOwnStatusLine(lab);
      return await atTerminal(lab, async (terminal) => {
        await prompt(lab, terminal, 'Work on it [play:filled]');
        if (!(await shows(terminal, /Filled\./))) return `no answer: ${lastLines(terminal)}`;
        if (!(await shows(terminal, new RegExp(OWN_LINE)))) return `not shown: ${lastLines(terminal)}`;
        const readOwn = () => JSON.parse(readFileSync(told, 'utf8')).context_window.used_percentage as number;
        const isClose = await comesTrue(async () => {
          const { contextUsedPercent } = await lab.newest();
          // The last answer counts, too.
          return readOwn() > 5 && Math.abs((contextUsedPercent ?? 0) - readOwn()) <= 2;
        });
        const { contextUsedPercent } = await lab.newest();
        return expectThat(isClose, () => `shown ${contextUsedPercent}, said ${readOwn()}`);
      });
    },
  },
  {
    promise:
      'with connect --wake a message wakes it within 5 s when it is idle, and a run without a terminal still ends',
    cannot: {
      codex: 'Codex has no hook that begins a turn: a message waits for the next prompt',
      gemini: 'Gemini CLI has no hook that begins a turn: a message waits for the next prompt',
    },
    async check(lab) {
      const connected = await connect(lab, '--wake');
      if (connected.code !== 0) return connected.output;
      const woken = await atTerminal(lab, async (terminal) => {
        await prompt(lab, terminal, 'Say hello [play:hello]');
        if (!(await shows(terminal, /Hello\./))) return `no answer: ${lastLines(terminal)}`;
        const isIdle = await comesTrue(async () => (await lab.newest()).idle);
        await comesTrue(async () => measureWaiter() > 0);
        console.log(`${lab.agent}: what waits takes ${measureWaiter()} MB`);
        const sentAt = Date.now();
        await lab.admin.messages.send({ to: lab.programId, kind: 'DIRECTIVE', text: 'TIME-TO-WAKE' });
        const find = () => lab.requests().find(({ at, text }) => at >= sentAt && text.includes('TIME-TO-WAKE'));
        await comesTrue(() => find() !== undefined);
        const after = (find()?.at ?? Number.POSITIVE_INFINITY) - sentAt;
        console.log(`${lab.agent} woken after ${after} ms`);
        const bound = after <= WAKE_TIMEOUT_MS ? WAKE_TIMEOUT_MS : Math.round(scaleToMachine(WAKE_TIMEOUT_MS));
        return expectThat(isIdle && after <= bound, () => `idle ${isIdle}, woken after ${after} ms, bound ${bound}`);
      });
      if (woken !== null) return woken;
      const { code } = await lab.prompt('Once more [play:hello]');
      const isComplete = await comesTrue(async () => (await lab.newest()).state === 'complete');
      const { status } = await lab.newest();
      await connect(lab);
      return expectThat(code === 0 && isComplete, () => `exit ${code}; ${status}`);
    },
  },
];
