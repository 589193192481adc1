/** `fleetbeat hook` for people. Agents run a bundle of its own (`entry.ts`), which starts faster. */
import { defineCommand } from '../command.ts';
import { EXIT, Failure } from '../exit.ts';
import { CLIENTS, eventNames } from './lifecycle-events.ts';
import { listEventFiles, listSpooledPrograms } from './spool.ts';

export const command = defineCommand({
  summary: "Tell Fleetbeat of a coding agent's lifecycle: called by the agent's own hooks",
  description: [
    'An agent calls it with the name of its event and JSON on standard input; `fleetbeat connect` writes the hooks.',
    'It ends with 0 whatever happens, except for `wake`, which wakes an idle Claude Code by ending with 2.',
    'It prints nothing but the memory, messages, answers and a status line.',
    '`fleetbeat hook flush` sends what waits since the server was away; the next hook does so too.',
    '',
    ...CLIENTS.map((client) => `${client}: ${eventNames(client).join(', ')}`),
  ].join('\n'),
  arguments: [{ name: 'event', summary: "the agent's name of the event, or flush" }],
  options: {
    client: { type: 'text', value: 'name', choices: CLIENTS, summary: 'whose event it is; else by its name' },
    program: { type: 'text', value: 'id', summary: 'the program; else FLEETBEAT_PROGRAM, else that of the folder' },
  },
  examples: [['fleetbeat hook flush', 'send what waits']],
  run: async (call) => {
    if (call.arguments.event !== 'flush') {
      const { runHook } = await import('./entry.ts');
      const { client, program } = call.options;
      const given = [...(client ? ['--client', client] : []), ...(program ? ['--program', program] : [])];
      await runHook([call.arguments.event, ...given], process.env);
      return EXIT.ok;
    }
    const { send } = await import('./send.ts');
    const programs: FlushResult[] = [];
    for (const programId of listSpooledPrograms(call.environment)) {
      const result = await retryWhileLocked(() => send(call.environment, programId, { renews: true }));
      const waitingNow = { ...NONE_SENT, waiting: listEventFiles(call.environment, programId).length };
      const { sent, refused, waiting, trouble } = result ?? { ...waitingNow, trouble: 'another process sends them' };
      programs.push({ programId, sent, refused, waiting, trouble });
    }
    call.print({ programs }, () => programs.map(formatResult).join('\n') || 'Nothing waits');
    const troubled = programs.find(({ waiting }) => waiting > 0);
    if (troubled)
      throw new Failure(`Events wait: ${troubled.trouble}`, EXIT.unavailable, 'They are kept and sent later');
    return EXIT.ok;
  },
});

/** How long to wait for a sender that a hook has left behind. */
const SENDER_WAIT_MS = 15_000;

async function retryWhileLocked<Result>(attempt: () => Promise<Result | null>): Promise<Result | null> {
  const until = Date.now() + SENDER_WAIT_MS;
  for (;;) {
    const result = await attempt();
    if (result !== null || Date.now() > until) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const NONE_SENT = { sent: 0, refused: 0 };

interface FlushResult {
  readonly programId: string;
  readonly trouble: string | null;
  readonly sent: number;
  readonly refused: number;
  readonly waiting: number;
}

const formatResult = ({ programId, sent, refused, waiting }: FlushResult): string =>
  `${programId}: ${sent} sent, ${waiting} wait${refused > 0 ? `, ${refused} refused for good (see hooks.log)` : ''}`;
