import { sessionCandidates } from '../candidates.ts';
import { defineCommand } from '../command.ts';
import type { Options } from '../command-line.ts';
import { withShortId } from '../short-id.ts';
import { formatReport } from './format.ts';

const FIELDS = {
  state: {
    type: 'text',
    value: 'state',
    choices: ['working', 'blocked', 'complete', 'pinned'],
    summary: 'what it says of itself',
  },
  progress: { type: 'number', value: 'percent', min: 0, max: 100, summary: 'how far it is' },
  projectName: { type: 'text', value: 'name', summary: 'the project that it works on' },
  contextBytes: { type: 'number', value: 'bytes', integer: true, min: 0, summary: 'how much of its context is in use' },
  contextLimitBytes: { type: 'number', value: 'bytes', integer: true, min: 1, summary: 'how large its context is' },
  handoffRequired: { type: 'flag', summary: 'ask for a successor' },
} as const satisfies Options;

export const create = defineCommand({
  summary: 'Register a session, or update the one with the same id',
  arguments: [{ name: 'name', summary: 'its name for people' }],
  options: {
    id: { type: 'text', value: 'id', summary: 'an id of your own; else the server makes one' },
    program: { type: 'text', value: 'program', short: 'p', summary: "its program; a program's key knows it already" },
    status: { type: 'text', value: 'text', short: 's', summary: 'what it does now' },
    ...FIELDS,
  },
  examples: [
    ['fleetbeat sessions create "Auth refactor" --id builder-1 --status "Reading"', 'A session with its own id'],
  ],
  run: async (call) => {
    const { id, program, ...fields } = call.options;
    const report = await (await call.fleetbeat()).sessions.create({
      name: call.arguments.name,
      ...fields,
      ...(id !== undefined && { sessionId: id }),
      ...(program !== undefined && { programId: program }),
    });
    call.print(report, () => formatReport(report, call));
  },
});

const SESSION = {
  name: 'sessionId',
  summary: 'the session, or the beginning or end of its id; current is the live one that your program updated last',
} as const;

export const update = defineCommand({
  summary: 'Say how a session goes',
  arguments: [SESSION],
  options: {
    status: { type: 'text', value: 'text', short: 's', required: true, summary: 'what it does now' },
    heartbeat: { type: 'flag', summary: 'and that it is alive' },
    ...FIELDS,
  },
  examples: [['fleetbeat sessions update current --status "Running tests" --progress 75 --heartbeat', 'From a script']],
  run: async (call) => {
    const { heartbeat, ...fields } = call.options;
    const fleetbeat = await call.fleetbeat();
    const update = { ...fields, ...(heartbeat && { lastHeartbeat: true as const }) };
    const report = await withShortId(call.arguments.sessionId, sessionCandidates(fleetbeat), (id) =>
      fleetbeat.sessions.update(id, update),
    );
    call.print(report, () => formatReport(report, call));
  },
});

export const complete = defineCommand({
  summary: 'End a session; its slot is free at once',
  arguments: [SESSION],
  options: { status: { type: 'text', value: 'text', short: 's', summary: 'the last word; "Complete" unless told' } },
  run: async (call) => {
    const fleetbeat = await call.fleetbeat();
    const update = { state: 'complete' as const, status: call.options.status ?? 'Complete' };
    const report = await withShortId(call.arguments.sessionId, sessionCandidates(fleetbeat), (id) =>
      fleetbeat.sessions.update(id, update),
    );
    call.print(report, () => `${report.sessionId} is complete.`);
  },
});
