import type { components, Fleetbeat } from '@fleetbeat/client';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { oneLine } from '../text.ts';
import { renderFrame, rowsInSight, visibleRows } from './frame.ts';
import { applyKey, type Effect, INITIAL_STATE } from './keys.ts';
import { FleetModel } from './model.ts';
import { findOpenQuestion, type Question, sendReply } from './question.ts';
import { openScreen } from './screen.ts';

export const command = defineCommand({
  summary: 'Watch the fleet live, what needs attention first',
  description:
    'In a terminal it follows the fleet until q; ? shows the keys. Elsewhere, and with --once, it prints one picture and ends.',
  options: { once: { type: 'flag', summary: 'print one picture and end' } },
  examples: [
    ['fleetbeat top', 'Blocked, stuck and silent sessions stand at the top'],
    ['fleetbeat top --once --json', 'One picture for a script'],
  ],
  run: async (call) => {
    const [fleetbeat, { follow, load }] = await Promise.all([call.fleetbeat(), import('./follow.ts')]);
    const me = await fleetbeat.me();
    const canReadHealth = me.role === 'admin' || me.role === 'operator';
    const model = new FleetModel();
    await load(fleetbeat, model, canReadHealth);
    const title = formatTitle(call.settings().url, me);
    if (call.json || call.options.once || !call.stdout.isTTY) {
      const { width } = call.layout();
      const view = {
        title,
        width,
        height: Number.POSITIVE_INFINITY,
        scrollOffset: 0,
        state: INITIAL_STATE,
        question: null,
      };
      const picture = () => renderFrame(model, { ...view, ...currentTimes(call), paint: call.paint }).join('\n');
      call.print({ sessions: model.rows(false), health: model.health }, picture);
      return EXIT.ok;
    }
    return watch(call, fleetbeat, title, model, (signal, onChange) =>
      follow(fleetbeat, model, { signal, canReadHealth, onChange }),
    );
  },
});

const formatTitle = (url: string, { accountName, tier }: components['schemas']['Me']): string =>
  `${url}  ${oneLine(accountName)} (${tier})`;

const currentTimes = ({ now }: Pick<Call, 'now'>) => ({ now: now(), localNow: Date.now() });

/** Draws until a person or a signal ends it. */
async function watch(
  call: Pick<Call, 'stdin' | 'stdout' | 'paint' | 'now'>,
  fleetbeat: Fleetbeat,
  title: string,
  model: FleetModel,
  following: (signal: AbortSignal, onChange: () => void) => Promise<void>,
): Promise<ExitCode> {
  const ending = new AbortController();
  let code: ExitCode = EXIT.ok;
  let state = INITIAL_STATE;
  let scrollOffset = 0;
  /** The last question that was read, with its session. */
  let asked: { readonly sessionId: string; readonly question: Question | null } | null = null;
  const getQuestion = () => (asked?.sessionId === state.current ? asked.question : null);
  const draw = () => {
    const { width, height } = screen;
    const view = { state, scrollOffset, question: getQuestion(), title, width, height, paint: call.paint };
    screen.draw(renderFrame(model, { ...view, ...currentTimes(call) }));
  };
  const drawUnlessPaused = () => {
    if (!state.paused) draw();
  };
  const follow = (effect: Effect) => {
    if (effect.kind === 'quit') return ending.abort();
    const { session } = effect;
    const done =
      effect.kind === 'ask'
        ? findOpenQuestion(fleetbeat, session).then((question) => {
            asked = { sessionId: session.sessionId, question };
          })
        : sendReply(fleetbeat, session, getQuestion(), effect).then((notice) => {
            state = { ...state, notice };
          });
    done
      .catch((error: unknown) => {
        state = { ...state, notice: error instanceof Error ? error.message : String(error) };
      })
      .finally(() => ending.signal.aborted || draw());
  };
  const screen = openScreen(call, {
    resize: () => draw(),
    key: (key) => {
      const pageSize = visibleRows(screen.height);
      const rows = rowsInSight(model, state);
      const [next, effect] = applyKey(state, key, { rows, pageSize, question: getQuestion() });
      state = next;
      const index = rowsInSight(model, state).findIndex(({ sessionId }) => sessionId === state.current);
      if (index >= 0) scrollOffset = Math.min(index, Math.max(scrollOffset, index - pageSize + 1));
      else scrollOffset = 0;
      if (effect) follow(effect);
      if (!ending.signal.aborted) draw();
    },
  });
  const interrupted = () => {
    code = EXIT.interrupted;
    ending.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  const ticking = setInterval(drawUnlessPaused, 1_000);
  try {
    draw();
    await following(ending.signal, drawUnlessPaused);
  } finally {
    ending.abort();
    clearInterval(ticking);
    for (const signal of signals) process.off(signal, interrupted);
    screen.close();
  }
  return code;
}
