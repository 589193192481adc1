/** Turns the call of a hook into the event to send. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { recordRun, toCommandRun } from './command-runs.ts';
import { readContextUse, withWindow } from './context-use.ts';
import { fnv } from './hash.ts';
import { type HookClient, type LifecycleEvent, toLifecycleEvent } from './lifecycle-events.ts';
import { type Environment, type ProgramConnection, readConnection, resolveProgramId } from './paths.ts';
import { type HookPayload, isValidId, parsePayload } from './payload.ts';
import { deleteDialog, findDialog, listDialogs, type PendingDialog, readDialog } from './pending-dialogs.ts';
import { SessionCache } from './session-cache.ts';
import { IDLE, isInformational, toSessionUpdate } from './session-update.ts';
import { type HookEvent, newEventId } from './spool.ts';
import type { ToolCall } from './tool-call.ts';

/** Tools of a session send at most one heartbeat in this time. */
const HEARTBEAT_INTERVAL_MS = 30_000;

export interface HookInvocation {
  readonly client: HookClient;
  /** The agent's own name of the event. */
  readonly name: string;
  /** Given on the command line. */
  readonly program: string | undefined;
  /** What came on standard input. */
  readonly text: string;
}

/** The session that a hook is called in. */
export interface OpenHook {
  readonly payload: HookPayload;
  readonly connection: ProgramConnection;
  readonly sessionId: string;
  readonly cache: SessionCache;
  /** Where the agent was started. */
  readonly folder: string;
  readonly client: HookClient;
  /** The agent's own name of the event. */
  readonly name: string;
  /** An event that says what the hook has done, and nothing of the session. */
  toBareEvent(moment: HookEvent['moment']): HookEvent;
}

export interface ParsedHook extends OpenHook {
  /** Null when there is nothing to send: a heartbeat too soon after another. */
  readonly event: HookEvent | null;
  readonly isSubagent: boolean;
  /** The command of its tool. */
  readonly command: string | null;
  readonly call: ToolCall | null;
  /** A further event of the same session, of now, which ends a dialog. */
  toEvent(moment: LifecycleEvent, ended: PendingDialog | null): HookEvent;
}

/** Null where nothing is connected, or for no session. Records nothing. */
export function openHook(hook: HookInvocation, environment: Environment): OpenHook | null {
  const payload = parsePayload(hook.text, hook.client);
  if (!payload?.sessionId) return null;
  const folder = getProjectFolder(environment) ?? payload.folder ?? process.cwd();
  const programId = resolveProgramId(environment, hook.program, folder);
  const connection = programId === null ? null : readConnection(environment, programId);
  if (programId === null || connection === null) return null;
  const sessionId = toSessionId(payload.sessionId);
  const cache = new SessionCache(environment, programId, sessionId);
  const toBareEvent = (moment: HookEvent['moment']): HookEvent => {
    const at = Date.now();
    const project = basename(folder) || folder;
    return { id: newEventId(at), at, moment, client: hook.client, programId, sessionId, project, status: '' };
  };
  return { payload, folder, connection, sessionId, cache, client: hook.client, name: hook.name, toBareEvent };
}

/** Null when there is nothing to do: not connected, or an event without meaning here. */
export function parseHook(hook: HookInvocation, environment: Environment, now: number): ParsedHook | null {
  const opened = openHook(hook, environment);
  const lifecycleEvent = opened && findLifecycleEvent(hook, opened.payload);
  if (!lifecycleEvent) return null;
  const { payload, folder, connection, cache, toBareEvent } = opened;
  const notes = cache.readNotes();
  // PermissionRequest named the tool and the command; the notification about it comes seconds later and names neither.
  if (payload.kind === 'permission_prompt' && notes.blocked) return null;
  // The end of the turn has said so already, unless its user has interrupted it, which no hook tells.
  if (payload.kind === IDLE && cache.read('idle') !== null) return null;
  if (hook.name !== 'PreToolUse' && hook.name !== 'BeforeTool') rememberRun(cache, payload, hook.name, lifecycleEvent);
  const dialogs = notes.blocked ? listDialogs(cache.folder) : [];
  const ended = selectEnded(lifecycleEvent, dialogs, payload.call);
  // A tool that ran after a question was answered is reported whatever the time.
  const isNews = notes.blocked || notes.asked || cache.read('idle') !== null;
  const bytes = getFileSize(payload.transcript);
  const toEvent = (moment: LifecycleEvent, ending: readonly PendingDialog[]): HookEvent => {
    const sessionNotes = cache.readNotes();
    const isStillBlocked = listDialogs(cache.folder).length > ending.length;
    const update = toSessionUpdate({
      lifecycleEvent: moment,
      payload,
      // While another dialog is open the session stays blocked.
      notes: { ...sessionNotes, blocked: sessionNotes.blocked && !isStillBlocked },
      transcriptBytes: bytes,
      contextUse: withWindow(
        readContextUse(hook.client, payload.transcript, payload.model ?? cache.read('model')),
        cache.readStatusLine(),
      ),
      costUsd: cache.readStatusLine()?.costUsd ?? null,
      words: connection.words !== false,
    });
    const event = { ...toBareEvent(moment), ...update, ...toCloses(ending) };
    updateCache(cache, event, bytes, ending);
    return event;
  };
  const parsed = {
    ...opened,
    isSubagent: payload.isSubagent,
    command: payload.command,
    call: payload.call,
    toEvent: (moment: LifecycleEvent, dialog: PendingDialog | null) =>
      toEvent(
        moment,
        [dialog && readDialog(dialog.file)].filter((each) => each !== null),
      ),
  };
  if (lifecycleEvent === 'tool' && !cache.claimHeartbeat(now, isNews ? 0 : HEARTBEAT_INTERVAL_MS))
    return { ...parsed, event: null };
  const event = toEvent(lifecycleEvent, ended);
  if (lifecycleEvent === 'start') {
    cache.write('folder', folder);
    if (payload.model !== null) cache.write('model', payload.model);
  }
  return { ...parsed, event };
}

function rememberRun(cache: SessionCache, payload: HookPayload, name: string, event: LifecycleEvent): void {
  const run = event === 'tool' || event === 'interrupt' ? toCommandRun(payload.fields, name) : null;
  if (run) recordRun(cache.folder, run);
}

/** The dialogs that an event shows to be over: a tool ends its own, and none outlives the turn. */
function selectEnded(
  event: LifecycleEvent,
  dialogs: readonly PendingDialog[],
  call: ToolCall | null,
): readonly PendingDialog[] {
  if (event === 'ask') return [];
  if (event !== 'tool' && event !== 'interrupt') return dialogs;
  const own = call && findDialog(dialogs, call);
  return own ? [own] : [];
}

function toCloses(ended: readonly PendingDialog[]): Pick<HookEvent, 'closes'> {
  if (ended.length === 0) return {};
  const ids = ended.map(({ questionId }) => questionId).filter((id) => id !== null);
  return { closes: ids.length === ended.length ? ids : 'all' };
}

function findLifecycleEvent({ client, name }: HookInvocation, payload: HookPayload): LifecycleEvent | null {
  const event = toLifecycleEvent(client, name);
  if (event === 'ask' && isInformational(payload)) return null;
  return event === 'tool' && payload.isInterrupt ? 'interrupt' : event;
}

/** Where the agent was started, as it tells its hooks; its working folder may change. */
const getProjectFolder = (environment: Environment): string | undefined =>
  environment['CLAUDE_PROJECT_DIR'] || environment['CURSOR_PROJECT_DIR'] || environment['GEMINI_PROJECT_DIR'];

/** Keeps what the next hook of the session needs. */
function updateCache(
  cache: SessionCache,
  { moment, status, state, handoffRequired, idle, handover }: HookEvent,
  bytes: number | null,
  ended: readonly PendingDialog[],
): void {
  for (const dialog of ended) deleteDialog(dialog);
  if (moment === 'prompt') {
    cache.write('prompt', status);
    cache.write('earlierAnswer', cache.read('answer') ?? cache.read('earlierAnswer'));
    cache.write('answer', null);
  }
  // A person is there again, so the agent may go on by itself again.
  if (moment === 'prompt') {
    cache.write('automatic', null);
    cache.write('limited', null);
  }
  if (moment === 'stop' && handover?.lastAnswer) cache.write('answer', handover.lastAnswer);
  if (idle) cache.write('idle', '');
  else if (moment !== 'tool' || cache.read('idle') !== null) cache.write('idle', null);
  if (state === 'blocked') cache.write('blocked', '');
  else if (state !== undefined) cache.releaseBlock();
  if (handoffRequired !== undefined) cache.write('asked', handoffRequired ? '' : null);
  if (moment === 'compact' && bytes !== null) cache.write('compacted', String(bytes));
  if (moment === 'end') cache.write('ended', '');
  if (moment === 'start') {
    cache.write('ended', null);
    cache.write('killed', null);
  }
}

/** The agent's own id, so that a person finds the session in both places; a hash of it where the server would refuse it. */
const toSessionId = (id: string): string => (isValidId(id) ? id : `h-${fnv(id)}`);

function getFileSize(file: string | null): number | null {
  if (file === null) return null;
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : null;
}
