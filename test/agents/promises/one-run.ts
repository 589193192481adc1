/** What one run of an agent without a terminal leaves behind. */
import type { Lab } from '../lab.ts';
import { LAST_ANSWER, NOTES_OF_THE_MODEL } from '../model/plays.ts';
import type { AgentName } from '../model/start-model.ts';
import { comesTrue, expectThat, type Row, shorten } from './row.ts';

const FIRST_WORDS = 'First words';
/** The model reports so many input tokens at the end of `work`. */
const USED_TOKENS = 60_000;
/** What the agents take for the windows of their models. */
const WINDOW_TOKENS: Readonly<Partial<Record<AgentName, number>>> = { codex: 258_400, gemini: 1_048_576 };

const handover = async (lab: Lab): Promise<string> => {
  const session = await lab.newest();
  const { contextSummary } = await lab.admin.state.read(lab.programId);
  return JSON.stringify([session, contextSummary]);
};

export const ONE_RUN: readonly Row[] = [
  {
    promise: 'connect writes its files, and the agent takes them',
    withoutHooks: true,
    async check(lab) {
      const done = await lab.fleetbeat('connect', lab.agent, '--scope', 'project', '--make-key', '--yes');
      return expectThat(done.code === 0, () => done.output);
    },
  },
  {
    promise: 'a run without a terminal ends as it would without us',
    withoutHooks: true,
    async check(lab) {
      const { code, output } = await lab.prompt(`${FIRST_WORDS} [play:work]`);
      return expectThat(code === 0 && output.includes(LAST_ANSWER), () => `exit ${code}: ${shorten(output)}`);
    },
  },
  {
    promise: 'the first request to the model holds the memory',
    async check(lab) {
      const first = lab.requests('work')[0];
      return expectThat(first?.text.includes('Fleetbeat: this is session') === true, () => shorten(first?.text ?? ''));
    },
  },
  {
    promise: "the model is offered Fleetbeat's tools",
    withoutHooks: true,
    async check(lab) {
      const tools = lab.requests('work').at(-1)?.ourTools ?? [];
      return expectThat(tools.length >= 12, () => `${tools.length} tools`);
    },
  },
  {
    promise: 'what the model writes by its tools is kept',
    withoutHooks: true,
    async check(lab) {
      const { contextSummary } = await lab.admin.state.read(lab.programId);
      const notes = contextSummary.handoffNotes ?? '';
      return expectThat(notes.includes(NOTES_OF_THE_MODEL), () => shorten(notes));
    },
  },
  {
    promise: 'the session is complete when the agent has ended',
    async check(lab) {
      const isComplete = await comesTrue(async () => (await lab.newest()).state === 'complete');
      const { state, status } = await lab.newest();
      return expectThat(isComplete, () => `${state}: ${status}`);
    },
  },
  {
    promise: 'its tools were told as heartbeats, with the prompt as status',
    async check(lab) {
      const statuses = await lab.statuses((await lab.newest()).sessionId);
      const isTold = statuses.some((status) => status.startsWith(FIRST_WORDS) && status.includes(' · '));
      return expectThat(isTold, () => statuses.join(' | '));
    },
  },
  {
    promise: 'the handover has the last prompt and the last answer',
    async check(lab) {
      const { handover: left } = await lab.newest();
      return expectThat(left?.lastPrompt?.startsWith(FIRST_WORDS) === true && left.lastAnswer === LAST_ANSWER, () =>
        JSON.stringify(left),
      );
    },
  },
  {
    promise: 'the handover has what git says of the working tree, and the last commands',
    async check(lab) {
      const { handover: left } = await lab.newest();
      const { workingTree: tree, lastCommands = [] } = left ?? {};
      const last = lastCommands.at(-1);
      const isTree = typeof tree?.branch === 'string' && tree.changedFiles?.includes('notes.txt') === true;
      return expectThat(isTree && last?.command === 'echo from-the-shell', () => JSON.stringify(left));
    },
  },
  {
    promise: 'a turn makes no version of the state: only the model has written one',
    async check(lab) {
      const { version } = await lab.admin.state.read(lab.programId);
      return expectThat(version === 1, () => `version ${version}`);
    },
  },
  {
    promise: 'an agent that works asks for no successor',
    async check(lab) {
      const { changes } = await lab.admin.sessions.timeline((await lab.newest()).sessionId);
      return expectThat(!changes.some(({ handoffRequired }) => handoffRequired), () => JSON.stringify(changes));
    },
  },
  {
    promise: "the memory does not come back as the user's words",
    async check(lab) {
      const statuses = await lab.statuses((await lab.newest()).sessionId);
      const left = await handover(lab);
      const isClean = !/hook_context|Fleetbeat: this is/.test(statuses.join() + left);
      return expectThat(isClean, () => shorten(statuses.join(' | ') + left));
    },
  },
  {
    promise: "the context use is the agent's own, within 2 points",
    cannot: {
      'claude-code':
        'Claude Code names its model, and so its window, in a terminal only: there is no percentage for claude -p',
    },
    async check(lab) {
      const { contextUsedPercent = -1 } = await lab.newest();
      const expected = (USED_TOKENS / (WINDOW_TOKENS[lab.agent] ?? 0)) * 100;
      return expectThat(Math.abs(contextUsedPercent - expected) <= 2, () => `${contextUsedPercent} for ${expected}`);
    },
  },
  {
    promise: 'a second run gets what the first has left',
    async check(lab) {
      await lab.prompt('Second words [play:hello]');
      const first = lab.requests('hello')[0]?.text ?? '';
      return expectThat(first.includes(NOTES_OF_THE_MODEL) && first.includes(LAST_ANSWER), () => shorten(first));
    },
  },
  {
    promise: 'how a command ended is in the handover',
    cannot: { codex: 'Codex does not tell its hooks how a command ended: it is unknown' },
    async check(lab) {
      const before = await lab.sessionIds();
      await lab.prompt('Try it [play:facts]');
      await comesTrue(async () => {
        const { sessionId, state } = await lab.newest();
        return state === 'complete' && !before.includes(sessionId);
      });
      const { handover: left } = await lab.newest();
      const ends = left?.lastCommands?.map(({ outcome, exitCode }) => `${outcome} ${exitCode}`).join();
      return expectThat(ends === 'succeeded 0,failed 3', () => JSON.stringify(left));
    },
  },
];
