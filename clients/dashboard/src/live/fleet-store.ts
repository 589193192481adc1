/** The state of the fleet. Each program has a signal of its own, so that one change renders one row. */
import { compareByNeed, getNeeds, isLive } from '@fleetbeat/client';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { MassSilence } from './fetch-fleet.ts';
import { type ProgramFacts, type ProgramRow, toProgramRow } from './program-row.ts';
import type { SessionSnapshot } from './session-snapshot.ts';

interface ProgramEntry {
  readonly facts: Signal<ProgramFacts>;
  /** Live sessions only. */
  readonly sessions: Signal<readonly SessionSnapshot[]>;
  /** The session that ended last, as far as it is known. */
  readonly ended: Signal<SessionSnapshot | null>;
  readonly row: ReadonlySignal<ProgramRow>;
}

/** The id under which sessions without a program are listed. */
export const NO_PROGRAM = '';

const programs = new Map<string, ProgramEntry>();
/** Increases with each new program: computations over all programs depend on it. */
const programsVersion = signal(0);
/** Sessions that changed since the last read began: an older page must not overwrite them. */
const changedSinceSnapshot = new Map<string, SessionSnapshot>();

export const massSilence = signal<MassSilence>(null);
/** Pending tasks that any program may claim; null if the user may not read it. */
export const tasksForAll = signal<number | null>(null);

/** All programs; a computation that calls this runs again when one is added. */
function allPrograms(): ProgramEntry[] {
  void programsVersion.value;
  return [...programs.values()];
}

export const rows = computed(() => allPrograms().map(({ row }) => row.value));
export const liveSessions = computed(() => allPrograms().flatMap(({ sessions }) => sessions.value));
/** The sessions that need a person, the most urgent first. */
export const attentionQueue = computed(() =>
  liveSessions.value.filter((session) => getNeeds(session).length > 0).sort(compareByNeed),
);

/** The row of a known program. */
export const findProgramRow = (programId: string): ReadonlySignal<ProgramRow> | undefined =>
  programs.get(programId)?.row;

function getOrCreateProgram(programId: string): ProgramEntry {
  const found = programs.get(programId);
  if (found) return found;
  const facts = signal(placeholderFacts(programId));
  const sessions = signal<readonly SessionSnapshot[]>([]);
  const ended = signal<SessionSnapshot | null>(null);
  const listAll = () => (ended.value ? [...sessions.value, ended.value] : sessions.value);
  const made = { facts, sessions, ended, row: computed(() => toProgramRow(facts.value, listAll())) };
  programs.set(programId, made);
  programsVersion.value += 1;
  return made;
}

const placeholderFacts = (programId: string): ProgramFacts => ({
  programId,
  displayName: programId === NO_PROGRAM ? 'No program' : programId,
  paused: false,
  lastHeartbeat: null,
  state: null,
  pendingTasks: null,
  pendingMessages: null,
});

/** Merges new facts about a program. */
export function updateProgramFacts(programId: string, facts: Partial<ProgramFacts>): void {
  const { facts: factsSignal } = getOrCreateProgram(programId);
  factsSignal.value = { ...factsSignal.peek(), ...facts };
}

/** Updates one session by `change`. The last one that is no longer live stays as what the program did. */
export function updateSession(
  { sessionId, programId }: { readonly sessionId: string; readonly programId: string | null },
  change: (current: SessionSnapshot | undefined) => SessionSnapshot | undefined,
): void {
  const { sessions, ended } = getOrCreateProgram(programId ?? NO_PROGRAM);
  const before = sessions.peek();
  const old = before.find((each) => each.sessionId === sessionId) ?? changedSinceSnapshot.get(sessionId);
  const after = change(old);
  if (!after || after === old) return;
  changedSinceSnapshot.set(sessionId, after);
  const others = before.filter((each) => each.sessionId !== sessionId);
  sessions.value = isLive(after) ? [...others, after] : others;
  if (isLive(after)) {
    if (ended.peek()?.sessionId === sessionId) ended.value = null;
  } else if (!(Date.parse(ended.peek()?.updatedAt ?? '') > Date.parse(after.updatedAt))) ended.value = after;
}

/** Call before reading all sessions: changes from here on are newer than what the read returns. */
export const beginSnapshot = (): void => changedSinceSnapshot.clear();

/** Call after reading all sessions, with the ids that were found: others are removed unless they changed meanwhile. */
export function finishSnapshot(found: ReadonlySet<string>): void {
  for (const { sessions } of programs.values()) {
    const remaining = sessions
      .peek()
      .filter(({ sessionId }) => found.has(sessionId) || changedSinceSnapshot.has(sessionId));
    if (remaining.length < sessions.peek().length) sessions.value = remaining;
  }
  changedSinceSnapshot.clear();
}

/** Clears everything: another user may sign in. */
export function clearFleet(): void {
  programs.clear();
  changedSinceSnapshot.clear();
  massSilence.value = null;
  tasksForAll.value = null;
  programsVersion.value += 1;
}
