/** What is known of the fleet. Each program's row changes by itself, so that one change is the drawing of one row. */
import { compareByNeed, getNeeds, isLive } from '@fleetbeat/client';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { MassSilence } from './fetch-fleet.ts';
import { type ProgramFacts, type ProgramRow, toProgramRow } from './program-row.ts';
import type { SessionSnapshot } from './session-snapshot.ts';

interface ProgramEntry {
  readonly facts: Signal<ProgramFacts>;
  /** The live ones. */
  readonly sessions: Signal<readonly SessionSnapshot[]>;
  readonly row: ReadonlySignal<ProgramRow>;
}

/** Where sessions are that belong to no program. */
export const NO_PROGRAM = '';

const programs = new Map<string, ProgramEntry>();
/** Grows when the map does: what depends on which programs there are depends on this. */
const programsVersion = signal(0);
/** Sessions that have changed since the last read began: an older page must not undo it. */
const changedSinceSnapshot = new Map<string, SessionSnapshot>();

export const massSilence = signal<MassSilence>(null);

/** Depends on which programs there are. */
function allPrograms(): ProgramEntry[] {
  void programsVersion.value;
  return [...programs.values()];
}

export const rows = computed(() => allPrograms().map(({ row }) => row.value));
/** The sessions that need a person, the most urgent first. */
export const attentionQueue = computed(() =>
  allPrograms()
    .flatMap(({ sessions }) => sessions.value)
    .filter((session) => getNeeds(session).length > 0)
    .sort(compareByNeed),
);

/** The row of a program that is known; it changes as the program does. */
export const findProgramRow = (programId: string): ReadonlySignal<ProgramRow> | undefined =>
  programs.get(programId)?.row;

function getOrCreateProgram(programId: string): ProgramEntry {
  const found = programs.get(programId);
  if (found) return found;
  const facts = signal(placeholderFacts(programId));
  const sessions = signal<readonly SessionSnapshot[]>([]);
  const made = { facts, sessions, row: computed(() => toProgramRow(facts.value, sessions.value)) };
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
  health: 'offline',
  pendingTasks: null,
  pendingMessages: null,
});

/** Notes what was told of a program. */
export function updateProgramFacts(programId: string, facts: Partial<ProgramFacts>): void {
  const { facts: factsSignal } = getOrCreateProgram(programId);
  factsSignal.value = { ...factsSignal.peek(), ...facts };
}

/** Replaces what is known of one session by what `change` makes of it. One that is no longer live leaves its heartbeat. */
export function updateSession(
  { sessionId, programId }: { readonly sessionId: string; readonly programId: string | null },
  change: (known: SessionSnapshot | undefined) => SessionSnapshot | undefined,
): void {
  const { sessions } = getOrCreateProgram(programId ?? NO_PROGRAM);
  const before = sessions.peek();
  const old = before.find((each) => each.sessionId === sessionId) ?? changedSinceSnapshot.get(sessionId);
  const after = change(old);
  if (!after || after === old) return;
  changedSinceSnapshot.set(sessionId, after);
  const others = before.filter((each) => each.sessionId !== sessionId);
  sessions.value = isLive(after) ? [...others, after] : others;
  if (isLive(after)) return;
  const { lastHeartbeat, state } = after;
  updateProgramFacts(programId ?? NO_PROGRAM, { lastHeartbeat, state, health: 'offline' });
}

/** A read of all sessions begins: what changes from here on is newer than what it will find. */
export const beginSnapshot = (): void => changedSinceSnapshot.clear();

/** A read of all sessions has found these and no others: the ones that it would have found are gone. */
export function finishSnapshot(found: ReadonlySet<string>): void {
  for (const { sessions, facts } of programs.values()) {
    const kept = sessions.peek().filter(({ sessionId }) => found.has(sessionId) || changedSinceSnapshot.has(sessionId));
    if (kept.length < sessions.peek().length) sessions.value = kept;
    if (kept.length === 0 && facts.peek().health !== 'offline') facts.value = { ...facts.peek(), health: 'offline' };
  }
  changedSinceSnapshot.clear();
}

/** Forgets everything: somebody else may sign in. */
export function clearFleet(): void {
  programs.clear();
  changedSinceSnapshot.clear();
  massSilence.value = null;
  programsVersion.value += 1;
}
