/** From what an agent says to the event that is to be sent. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { heardFrom, isId } from './heard.ts';
import { type HookClient, momentOf } from './moments.ts';
import { Notebook } from './notebook.ts';
import { type Connection, connectionOf, type Environment, programOf } from './places.ts';
import { asksNothing, sayingOf } from './saying.ts';
import { type HookEvent, newEventId } from './spool.ts';

/** At most one heartbeat of a session in this time comes from its tools. */
const BEAT_EVERY_MS = 30_000;

export interface Hook {
  readonly client: HookClient;
  /** The agent's own name of the event. */
  readonly name: string;
  /** Given on the command line. */
  readonly program: string | undefined;
  /** What came on standard input. */
  readonly text: string;
}

export interface HeardEvent {
  readonly event: HookEvent;
  readonly connection: Connection;
}

/** Null when nothing is to be sent: not connected, nothing that matters, or a heartbeat too soon. */
export function hear(hook: Hook, environment: Environment, now: number): HeardEvent | null {
  const moment = momentOf(hook.client, hook.name);
  const heard = heardFrom(hook.text, hook.client);
  if (!moment || !heard?.sessionId || (moment === 'ask' && asksNothing(heard))) return null;
  const folder = projectOf(environment) ?? heard.folder ?? process.cwd();
  const programId = programOf(environment, hook.program, folder);
  const connection = programId === null ? null : connectionOf(environment, programId);
  if (programId === null || connection === null) return null;
  const sessionId = idFor(heard.sessionId);
  const notebook = new Notebook(environment, programId, sessionId);
  const notes = notebook.notes();
  // A tool that runs after a question has been answered, whatever the time.
  const isNews = notes.blocked || notes.asked;
  if (moment === 'tool' && !notebook.mayBeat(now, isNews ? 0 : BEAT_EVERY_MS)) return null;
  const bytes = sizeOf(heard.transcript);
  const saying = sayingOf({ moment, heard, notes, transcriptBytes: bytes, words: connection.words !== false });
  const event = { id: newEventId(now), at: now, moment, client: hook.client, programId, sessionId, ...saying };
  note(notebook, notes.blocked, event, bytes);
  return { event: { ...event, project: basename(folder) || folder }, connection };
}

/** Where the agent was started, as it tells its hooks; the folder that it works in may change. */
const projectOf = (environment: Environment): string | undefined =>
  environment['CLAUDE_PROJECT_DIR'] || environment['CURSOR_PROJECT_DIR'] || environment['GEMINI_PROJECT_DIR'];

/** What the next hook of the session has to know. */
function note(
  notebook: Notebook,
  wasBlocked: boolean,
  { moment, status, state, handoffRequired, handoff }: Omit<HookEvent, 'project'>,
  bytes: number | null,
): void {
  if (moment === 'prompt') notebook.write('prompt', status);
  if (handoff?.answer) notebook.write('answer', handoff.answer);
  if (state === 'blocked') notebook.write('blocked', '');
  else if (wasBlocked && state !== undefined) notebook.write('blocked', null);
  if (handoffRequired !== undefined) notebook.write('asked', handoffRequired ? '' : null);
  if (moment === 'compact' && bytes !== null) notebook.write('compacted', String(bytes));
  if (moment === 'end') notebook.write('ended', '');
  if (moment === 'start') notebook.write('ended', null);
}

/** The agent's own id, so that a person finds the session in both places; one made from it where the server would not take it. */
const idFor = (id: string): string => (isId(id) ? id : `h-${fnv(id)}`);

/** FNV-1a, 64 bits: no secret, and no module to load for it. */
function fnv(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}

function sizeOf(file: string | null): number | null {
  if (file === null) return null;
  const there = statSync(file, { throwIfNoEntry: false });
  return there?.isFile() ? there.size : null;
}
