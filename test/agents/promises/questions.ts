/** A permission dialog at the terminal, and its question in Fleetbeat: whichever is answered first decides. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { components } from '../../../clients/typescript/src/index.ts';
import { startProxy } from '../../support/cuttable-proxy.ts';
import type { Terminal } from '../../support/tmux.ts';
import type { Lab } from '../lab.ts';
import { comesTrue, expectThat, type Row, select, shorten } from './row.ts';
import { ASKED, atTerminal, lastLines, pressUntil, prompt, shows } from './terminal.ts';

type Question = components['schemas']['Question'];

/** What was seen in one terminal, where the agent asks one question after the other. */
interface Seen {
  readonly first: Question;
  /** From the model's answer with the tool to the question on the server. */
  readonly shownAfterMs: number;
  readonly deniedRan: boolean;
  readonly reasonTold: boolean;
  readonly allowedRan: boolean;
  readonly secondAnswer: string;
  readonly atTerminalRan: boolean;
  readonly atTerminalState: string;
  readonly withoutServerRan: boolean;
}

const REASON = 'NOT-FROM-THIS-BRANCH';
const COMMAND = 'touch permitted';

const open = async (lab: Lab) => (await lab.admin.questions.list({ programId: lab.programId })).questions;
const file = (lab: Lab) => join(lab.project, 'permitted');
const runs = (lab: Lab) => comesTrue(() => existsSync(file(lab)));

async function ask(lab: Lab, terminal: Terminal, words: string): Promise<Question> {
  rmSync(file(lab), { force: true });
  const before = (await open(lab)).map(({ questionId }) => questionId);
  await prompt(lab, terminal, `${words} [play:permit]`);
  const isAsked = await comesTrue(async () => (await open(lab)).some(({ questionId }) => !before.includes(questionId)));
  const question = (await open(lab)).find(({ questionId }) => !before.includes(questionId));
  if (!isAsked || !question) throw new Error(`no question for ${words}: ${lastLines(terminal)}`);
  if (!(await shows(terminal, select(ASKED, lab)))) throw new Error(`no dialog: ${lastLines(terminal)}`);
  return question;
}

const isOver = async (lab: Lab, count: number) =>
  comesTrue(() => lab.requests('permit').filter(({ step }) => step === 1).length >= count);

async function tryAll(lab: Lab, terminal: Terminal): Promise<Seen> {
  const { questions } = lab.admin;
  const first = await ask(lab, terminal, 'First');
  const askedAt = lab.requests('permit').at(-1)?.at ?? 0;
  await questions.answer(first.questionId, { option: 'deny', text: REASON });
  await isOver(lab, 1);
  const denied = {
    deniedRan: existsSync(file(lab)),
    told: lab.requests('permit').at(-1)?.text.includes(REASON) === true,
  };
  await lab.fleetbeat('connect', lab.agent, '--scope', 'project', '--allow-from-afar', 'yes', '--yes');

  const second = await ask(lab, terminal, 'Second');
  await questions.answer(second.questionId, { option: 'allow' });
  const secondAnswer = await questions.answer(second.questionId, { option: 'deny' }).then(
    () => 'taken',
    ({ kind }: { kind: string }) => kind,
  );
  const allowedRan = await runs(lab);
  await isOver(lab, 2);

  const third = await ask(lab, terminal, 'Third');
  await pressUntil(terminal, 'Enter', () => existsSync(file(lab)));
  const atTerminalRan = existsSync(file(lab));
  await comesTrue(async () => (await questions.get(third.questionId)).state !== 'open');
  const { state: atTerminalState } = await questions.get(third.questionId);
  await isOver(lab, 3);

  const connection = join(lab.home, '.config/fleetbeat/programs', `${lab.programId}.json`);
  const before = readFileSync(connection, 'utf8');
  const proxy = await startProxy(JSON.parse(before).url);
  writeFileSync(connection, JSON.stringify({ ...JSON.parse(before), url: proxy.url }));
  try {
    await ask(lab, terminal, 'Fourth');
    await proxy.cut();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const isUndecided = !existsSync(file(lab));
    await pressUntil(terminal, 'Enter', () => existsSync(file(lab)));
    const withoutServerRan = isUndecided && existsSync(file(lab));
    await isOver(lab, 4);
    const shownAfterMs = Date.parse(first.createdAt) - askedAt;
    const { deniedRan, told: reasonTold } = denied;
    return {
      first,
      shownAfterMs,
      deniedRan,
      reasonTold,
      allowedRan,
      secondAnswer,
      atTerminalRan,
      atTerminalState,
      withoutServerRan,
    };
  } finally {
    await proxy.close();
    writeFileSync(connection, before);
    rmSync(file(lab), { force: true });
  }
}

const seenBy = new WeakMap<Lab, Promise<Seen | string>>();

/** All rows look at one terminal: it takes longer than the rest. */
function watch(lab: Lab): Promise<Seen | string> {
  const seen = seenBy.get(lab) ?? atTerminal(lab, (terminal) => tryAll(lab, terminal));
  seenBy.set(lab, seen);
  return seen;
}

const HELD = (agent: string) =>
  `${agent} opens its dialog only when the hook has ended, so its hook waits for nobody: the session is blocked with the command as its status, and is answered at the terminal`;
const cannot = { codex: HELD('Codex'), gemini: HELD('Gemini CLI') };

const toRow = (promise: string, holds: (seen: Seen) => boolean, what: (seen: Seen) => string): Row => ({
  promise,
  cannot,
  async check(lab) {
    const seen = await watch(lab);
    return typeof seen === 'string' ? seen : expectThat(holds(seen), () => shorten(what(seen)));
  },
});

export const QUESTIONS: readonly Row[] = [
  toRow(
    'a permission that it asks for is a question in Fleetbeat, with its command, while its dialog is open',
    ({ first, shownAfterMs }) => {
      console.log(`${' '.repeat(12)}the question was there ${shownAfterMs} ms after the model's answer`);
      return first.details.some(({ label, value }) => label === 'Command' && value === COMMAND);
    },
    ({ first }) => JSON.stringify(first),
  ),
  toRow(
    'denied from afar, the command never runs, and the model is told why',
    ({ deniedRan, reasonTold }) => !deniedRan && reasonTold,
    ({ deniedRan, reasonTold }) => `ran ${deniedRan}, told ${reasonTold}`,
  ),
  toRow(
    'nobody can allow it from afar unless connect was told yes',
    ({ first }) => first.options.join() === 'deny',
    ({ first }) => first.options.join(),
  ),
  toRow(
    'allowed from afar, where connect was told yes, the command runs; a second answer is too late',
    ({ allowedRan, secondAnswer }) => allowedRan && secondAnswer === 'question-answered',
    ({ allowedRan, secondAnswer }) => `ran ${allowedRan}, second answer: ${secondAnswer}`,
  ),
  toRow(
    'answered at the terminal, its question is withdrawn',
    ({ atTerminalRan, atTerminalState }) => atTerminalRan && atTerminalState === 'withdrawn',
    ({ atTerminalRan, atTerminalState }) => `ran ${atTerminalRan}, ${atTerminalState}`,
  ),
  toRow(
    'the server is gone while it asks: nothing is decided, and its dialog works',
    ({ withoutServerRan }) => withoutServerRan,
    () => 'the command did not run',
  ),
];
