import type { components } from '@fleetbeat/client';
import type { Call } from '../call.ts';
import { defineCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { oneLine } from '../text.ts';
import { renderFrame, type View, visibleRows } from './frame.ts';
import { FleetModel } from './model.ts';
import { openScreen } from './screen.ts';

export const command = defineCommand({
  summary: 'Watch the fleet live, what needs somebody first',
  description:
    'In a terminal it follows the fleet until q. Elsewhere, and with --once, it prints one picture and ends.',
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
      const view = { title, width, height: Number.POSITIVE_INFINITY, scrollOffset: 0, withComplete: false };
      const picture = () => renderFrame(model, { ...view, ...currentTimes(call), paint: call.paint }).join('\n');
      call.print({ sessions: model.rows(false), health: model.health }, picture);
      return EXIT.ok;
    }
    return watch(call, title, model, (signal, onChange) =>
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
  title: string,
  model: FleetModel,
  following: (signal: AbortSignal, onChange: () => void) => Promise<void>,
): Promise<ExitCode> {
  const ending = new AbortController();
  let code: ExitCode = EXIT.ok;
  let view: Pick<View, 'scrollOffset' | 'withComplete'> = { scrollOffset: 0, withComplete: false };
  const draw = () => {
    const { width, height } = screen;
    screen.draw(renderFrame(model, { ...view, title, width, height, paint: call.paint, ...currentTimes(call) }));
  };
  const screen = openScreen(call, {
    resize: () => draw(),
    key: (name) => {
      if (name === 'q' || name === 'quit') return ending.abort();
      const room = visibleRows(screen.height);
      const maxOffset = Math.max(0, model.rows(view.withComplete).length - room);
      const to = (row: number) => ({ ...view, scrollOffset: Math.min(maxOffset, Math.max(0, row)) });
      const { scrollOffset, withComplete } = view;
      if (name === 'up' || name === 'k') view = to(scrollOffset - 1);
      else if (name === 'down' || name === 'j') view = to(scrollOffset + 1);
      else if (name === 'pageup') view = to(scrollOffset - room);
      else if (name === 'pagedown' || name === 'space') view = to(scrollOffset + room);
      else if (name === 'home') view = to(0);
      else if (name === 'end') view = to(maxOffset);
      else if (name === 'c') view = { scrollOffset: 0, withComplete: !withComplete };
      draw();
    },
  });
  const interrupted = () => {
    code = EXIT.interrupted;
    ending.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  const ticking = setInterval(draw, 1_000);
  try {
    draw();
    await following(ending.signal, draw);
  } finally {
    ending.abort();
    clearInterval(ticking);
    for (const signal of signals) process.off(signal, interrupted);
    screen.close();
  }
  return code;
}
