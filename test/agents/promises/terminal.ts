/** What happens at the terminal of an agent: a question, its answer, an interrupt, a compaction. */
import { openTerminal, type Terminal } from '../../support/tmux.ts';
import type { Lab } from '../lab.ts';
import { comesTrue, expectThat, type Row, select } from './row.ts';

const opened = new Set<Terminal>();
process.on('exit', () => {
  for (const terminal of opened) terminal.close();
});

const open = (lab: Lab): Terminal => {
  const command = `cd '${lab.project}'; ${lab.interactive().join(' ')}`;
  const terminal = openTerminal(command, lab.environment(), 140, 45);
  opened.add(terminal);
  return terminal;
};

function close(lab: Lab, terminal: Terminal): void {
  lab.lastScreen = terminal.screen().join('\n');
  opened.delete(terminal);
  lab.endDaemons();
  terminal.close();
}

const READY = { 'claude-code': /❯/, codex: /›|Ask Codex|▌/, gemini: /Type your message/ } as const;
const COMPACTED = { 'claude-code': /Compacted/i, codex: /compacted/i, gemini: /compressed/i } as const;
export const ASKED = {
  'claude-code': /Do you want to proceed/,
  codex: /Would you like to run|Allow command|Yes, proceed/,
  gemini: /Allow execution/,
} as const;

export const shows = (terminal: Terminal, pattern: RegExp, withinMs?: number) =>
  comesTrue(() => pattern.test(terminal.screen().join('\n')), withinMs);

/** Resolves when nothing on the screen has changed for a second, and after 20 seconds in any case. */
export async function settles(terminal: Terminal): Promise<void> {
  let [last, since] = ['', Date.now()];
  await comesTrue(() => {
    const screen = terminal.screen().join('\n');
    if (screen !== last) [last, since] = [screen, Date.now()];
    return Date.now() - since >= 1_000;
  }, 20_000);
}

/** Presses a key until something has come of it: what is drawn on a busy machine does not take keys at once. */
export async function pressUntil(terminal: Terminal, key: string, isDone: () => Promise<boolean> | boolean) {
  for (let attempt = 0; attempt < 6; attempt++) {
    terminal.press(key);
    if (await comesTrue(isDone, 10_000)) return;
  }
}

/**
 * Types until it stands on the screen, since an agent that has just started drops what comes too early, and presses Enter until
 * it is sent: some take an Enter that comes with the words for a line break.
 */
export async function type(terminal: Terminal, words: string, isSent: () => Promise<boolean> | boolean): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    if (attempt > 0) terminal.press('C-u');
    terminal.press('-l', words);
    if (await comesTrue(() => terminal.screen().join('\n').includes(words), 8_000)) break;
  }
  await settles(terminal);
  await pressUntil(terminal, 'Enter', isSent);
}

/** Types a prompt that names its play, and waits until the model gets it. */
export async function prompt(lab: Lab, terminal: Terminal, words: string): Promise<void> {
  const play = /\[play:([\w-]+)\]/.exec(words)?.[1];
  const before = lab.requests(play).length;
  await type(terminal, words, () => lab.requests(play).length > before);
}

export const lastLines = (terminal: Terminal): string =>
  terminal
    .screen()
    .filter((line) => /\w/.test(line))
    .slice(-6)
    .join(' / ');

/** Runs something at a terminal that is ready, and ends the agent by what is typed at its end. */
export async function atTerminal<Result>(
  lab: Lab,
  action: (terminal: Terminal) => Promise<Result>,
): Promise<Result | string> {
  const before = await lab.sessionIds();
  let terminal = open(lab);
  try {
    if (!(await shows(terminal, select(READY, lab))) && (await lab.sessionIds()).length === before.length) {
      // No hook of ours has begun, so it is the agent's own start that failed.
      console.log(`!!! ${lab.agent} did not show its prompt within a minute: tried once more; ${lastLines(terminal)}`);
      close(lab, terminal);
      terminal = open(lab);
    }
    if (!(await shows(terminal, select(READY, lab)))) return `it did not start: ${lastLines(terminal)}`;
    await settles(terminal);
    return await action(terminal);
  } finally {
    close(lab, terminal);
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
        lab.forgetCommand();
        await prompt(lab, terminal, 'Please do it [play:ask]');
        if (!(await shows(terminal, select(ASKED, lab)))) return `no question: ${lastLines(terminal)}`;
        const isBlocked = await comesTrue(async () => (await lab.newest()).state === 'blocked');
        const asked = await readState(lab);
        if (!isBlocked || !asked.includes('touch made-by-agent')) return `asked: ${asked}`;
        await pressUntil(terminal, 'Enter', () => lab.hasCommandBegun());
        const isRunning = await comesTrue(async () => (await lab.newest()).state === 'working', 30_000);
        const during = `${await readState(lab)}, command runs ${lab.hasCommandBegun()}`;
        lab.endCommand();
        const isOver = await shows(terminal, /It was allowed/);
        return expectThat(isRunning && isOver, () => `answered: ${during}; ${lastLines(terminal)}`);
      }),
  },
  {
    promise: 'a refused question unblocks',
    cannot: { gemini: 'Gemini CLI tells nobody that a question was refused: it stays blocked until the next prompt' },
    check: (lab) =>
      atTerminal(lab, async (terminal) => {
        await prompt(lab, terminal, 'Please do it [play:ask]');
        if (!(await shows(terminal, select(ASKED, lab)))) return `no question: ${lastLines(terminal)}`;
        const isBlocked = await comesTrue(async () => (await lab.newest()).state === 'blocked');
        await pressUntil(terminal, 'Escape', () => !select(ASKED, lab).test(terminal.screen().join('\n')));
        const isFree = await comesTrue(async () => (await lab.newest()).state === 'working');
        const seen = await readState(lab);
        return expectThat(isBlocked && isFree, () => `blocked ${isBlocked}, then ${seen}; ${lastLines(terminal)}`);
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
        lab.forgetCommand();
        await prompt(lab, terminal, 'Take your time [play:long]');
        const isAtWork = await comesTrue(() => lab.hasCommandBegun());
        await settles(terminal);
        terminal.press('Escape');
        const isTold = await comesTrue(async () => /Interrupted/.test(await readState(lab)));
        lab.endCommand();
        const seen = await readState(lab);
        return expectThat(isAtWork && isTold, () => `${seen}; ${lastLines(terminal)}`);
      }),
  },
  {
    promise: 'after a compaction the memory is in the next request, and nobody was asked to take over',
    cannot: { gemini: 'Gemini CLI drops what hooks have added when it compresses, and has no event after that' },
    check: (lab) =>
      atTerminal(lab, async (terminal) => {
        // Claude Code compacts no conversation that is shorter than this.
        for (const words of ['Say hello', 'Say it again', 'And once more', 'Now the last time']) {
          await prompt(lab, terminal, `${words} [play:hello]`);
          await settles(terminal);
        }
        const before = lab.compactions();
        await type(terminal, '/compact', () => lab.compactions() > before);
        if (!(await shows(terminal, select(COMPACTED, lab)))) return `not compacted: ${lastLines(terminal)}`;
        await settles(terminal);
        await prompt(lab, terminal, 'And now [play:after]');
        if (!(await shows(terminal, /After it\./))) return `no answer after it: ${lastLines(terminal)}`;
        const hasMemory = lab.requests('after')[0]?.text.includes('Fleetbeat: this is session') === true;
        const { changes } = await lab.admin.sessions.timeline((await lab.newest()).sessionId);
        const isAsked = changes.some(({ handoffRequired }) => handoffRequired);
        return expectThat(hasMemory && !isAsked, () => `memory ${hasMemory}, successor asked ${isAsked}`);
      }),
  },
];
