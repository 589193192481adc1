/** What happens at the terminal of an agent: a question, its answer, an interrupt, a compaction. */
import { openTerminal, type Terminal } from '../../support/tmux.ts';
import type { Lab } from '../lab.ts';
import { comesTrue, expectThat, type Row } from './row.ts';

const open = (lab: Lab): Terminal => {
  const command = `cd '${lab.project}'; ${lab.interactive().join(' ')}`;
  return openTerminal(command, lab.environment(), 140, 45);
};

const READY = { 'claude-code': /❯/, codex: /›|Ask Codex|▌/, gemini: /Type your message/ } as const;
export const ASKED = {
  'claude-code': /Do you want to proceed/,
  codex: /Would you like to run|Allow command|Yes, proceed/,
  gemini: /Allow execution/,
} as const;

export const shows = (terminal: Terminal, pattern: RegExp, withinMs = 45_000) =>
  comesTrue(async () => pattern.test(terminal.screen().join('\n')), withinMs);

/** Types until it stands on the screen: an agent that has just started drops what comes too early. */
export async function type(terminal: Terminal, words: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    terminal.press('-l', words);
    if (await comesTrue(async () => terminal.screen().join('\n').includes(words), 3_000)) break;
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  terminal.press('Enter');
}

export const lastLines = (terminal: Terminal): string =>
  terminal
    .screen()
    .filter((line) => line.trim() !== '')
    .slice(-12)
    .join(' / ');

/** Runs something at a terminal that is ready, and ends the agent by what is typed at its end. */
export async function atTerminal<Result>(
  lab: Lab,
  action: (terminal: Terminal) => Promise<Result>,
): Promise<Result | string> {
  const terminal = open(lab);
  try {
    if (!(await shows(terminal, READY[lab.agent]))) return `it did not start: ${lastLines(terminal)}`;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    return await action(terminal);
  } finally {
    lab.endDaemons();
    terminal.close();
  }
}

const readState = async (lab: Lab) => {
  const { state, status } = await lab.newest();
  return `${state}: ${status}`;
};

export const TERMINAL: readonly Row[] = [
  {
    promise:
      'a question makes it blocked with the tool and its command, and its answer unblocks while the command runs',
    check: (lab) =>
      atTerminal(lab, async (terminal) => {
        await type(terminal, 'Please do it [play:ask]');
        if (!(await shows(terminal, ASKED[lab.agent]))) return `no question: ${lastLines(terminal)}`;
        const isBlocked = await comesTrue(async () => (await lab.newest()).state === 'blocked');
        const asked = await readState(lab);
        if (!isBlocked || !asked.includes('touch made-by-agent')) return `asked: ${asked}`;
        terminal.press('Enter');
        const isRunning = await comesTrue(async () => (await lab.newest()).state === 'working', 6_000);
        const during = await readState(lab);
        const isOver = await shows(terminal, /It was allowed/);
        return expectThat(isRunning && isOver, () => `answered: ${during}; ${lastLines(terminal)}`);
      }),
  },
  {
    promise: 'a refused question unblocks',
    cannot: { gemini: 'Gemini CLI tells nobody that a question was refused: it stays blocked until the next prompt' },
    check: (lab) =>
      atTerminal(lab, async (terminal) => {
        await type(terminal, 'Please do it [play:ask]');
        if (!(await shows(terminal, ASKED[lab.agent]))) return `no question: ${lastLines(terminal)}`;
        await comesTrue(async () => (await lab.newest()).state === 'blocked');
        terminal.press('Escape');
        const isFree = await comesTrue(async () => (await lab.newest()).state === 'working', 8_000);
        return expectThat(isFree, () => 'still blocked');
      }),
  },
  {
    promise: 'an interrupt is noticed',
    cannot: {
      'claude-code': 'Claude Code runs no hook when its user interrupts a turn: the next prompt tells',
      gemini: 'Gemini CLI runs no hook when its user interrupts a turn: the next prompt tells',
    },
    check: (lab) =>
      atTerminal(lab, async (terminal) => {
        await type(terminal, 'Take your time [play:long]');
        const isAtWork = await comesTrue(async () => lab.requests('long').at(-1)?.step === 1, 45_000);
        await new Promise((resolve) => setTimeout(resolve, 3_000));
        terminal.press('Escape');
        const isTold = await comesTrue(async () => /Interrupted/.test(await readState(lab)));
        const seen = await readState(lab);
        return expectThat(isAtWork && isTold, () => `${seen}; ${lastLines(terminal)}`);
      }),
  },
  {
    promise: 'after a compaction the memory is in the next request, and nobody was asked to take over',
    cannot: { gemini: 'Gemini CLI drops what hooks have added when it compresses, and has no event after that' },
    check: (lab) =>
      atTerminal(lab, async (terminal) => {
        await type(terminal, 'Say hello [play:hello]');
        if (!(await shows(terminal, /Hello\./))) return `no answer: ${lastLines(terminal)}`;
        await type(terminal, lab.agent === 'gemini' ? '/compress' : '/compact');
        await new Promise((resolve) => setTimeout(resolve, 6_000));
        await type(terminal, 'And now [play:after]');
        if (!(await shows(terminal, /After it\./))) return `no answer after it: ${lastLines(terminal)}`;
        const hasMemory = lab.requests('after')[0]?.text.includes('Fleetbeat: this is session') === true;
        const { changes } = await lab.admin.sessions.timeline((await lab.newest()).sessionId);
        const isAsked = changes.some(({ handoffRequired }) => handoffRequired);
        return expectThat(hasMemory && !isAsked, () => `memory ${hasMemory}, successor asked ${isAsked}`);
      }),
  },
];
