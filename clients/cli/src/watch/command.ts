import { toPlainJson } from '../call.ts';
import { defineCommand } from '../command.ts';
import { formatEvent } from './format.ts';

export const command = defineCommand({
  summary: 'Tell what happens, line by line, as it happens',
  description:
    'It follows the events of the account until Ctrl-C, and comes back by itself after a lost connection. With --json each line is an event.',
  options: {
    program: { type: 'text', value: 'program', short: 'p', summary: 'only what concerns a program' },
    all: { type: 'flag', short: 'a', summary: 'also changes of progress and status, and writes of memory' },
  },
  examples: [
    ['fleetbeat watch', 'Who asks, finishes, falls silent?'],
    ['fleetbeat watch --program builder --all', 'Everything that one program does'],
    ['fleetbeat watch --json | jq -r .type', 'For a script'],
  ],
  run: async (call) => {
    const { program, all } = call.options;
    const fleetbeat = await call.fleetbeat();
    // A wrong key is told at once, and not by a stream that stays empty.
    await fleetbeat.me();
    const events = fleetbeat.events({
      ...(program !== undefined && { programId: program }),
      onConnection: (state) =>
        call.info(state === 'open' ? 'Watching. Ctrl-C ends it.' : 'The connection is lost; trying again.'),
    });
    const states = new Map<string, string>();
    for await (const event of events) {
      const line = formatEvent(event, states, all === true);
      if (call.json) call.stdout.write(`${toPlainJson(event, 0)}\n`);
      else if (line !== null) call.stdout.write(`${call.paint.dim(event.at.slice(11, 19))}  ${line}\n`);
    }
  },
});
