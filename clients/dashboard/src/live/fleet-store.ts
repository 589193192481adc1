/** What is known of the fleet. Each program's row changes by itself, so that one change is the drawing of one row. */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { MassSilence } from './fleet-reading.ts';
import { queueOf } from './needs.ts';
import { type ProgramFacts, type ProgramRow, programRow } from './program-row.ts';
import { isLive, type SessionSigns } from './session-signs.ts';

interface Program {
  readonly facts: Signal<ProgramFacts>;
  /** The live ones. */
  readonly sessions: Signal<readonly SessionSigns[]>;
  readonly row: ReadonlySignal<ProgramRow>;
}

/** Where sessions are that belong to no program. */
export const NO_PROGRAM = '';

const programs = new Map<string, Program>();
/** Grows when the map does: what depends on which programs there are depends on this. */
const known = signal(0);
/** Sessions that have changed since the last read began: an older page must not undo it. */
const changed = new Map<string, SessionSigns>();

export const massSilence = signal<MassSilence>(null);

/** Depends on which programs there are. */
function everyProgram(): Program[] {
  void known.value;
  return [...programs.values()];
}

export const rows = computed(() => everyProgram().map(({ row }) => row.value));
/** The sessions that need somebody, the most pressing first. */
export const queue = computed(() => queueOf(everyProgram().flatMap(({ sessions }) => sessions.value)));

/** The row of a program that is known; it changes as the program does. */
export const rowOf = (programId: string): ReadonlySignal<ProgramRow> | undefined => programs.get(programId)?.row;

function program(programId: string): Program {
  const found = programs.get(programId);
  if (found) return found;
  const facts = signal(unknownProgram(programId));
  const sessions = signal<readonly SessionSigns[]>([]);
  const made = { facts, sessions, row: computed(() => programRow(facts.value, sessions.value)) };
  programs.set(programId, made);
  known.value += 1;
  return made;
}

const unknownProgram = (programId: string): ProgramFacts => ({
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
export function learn(programId: string, facts: Partial<ProgramFacts>): void {
  const { facts: signalOf } = program(programId);
  signalOf.value = { ...signalOf.peek(), ...facts };
}

/** Replaces what is known of one session by what `change` makes of it. One that is no longer live leaves its heartbeat. */
export function note(
  { sessionId, programId }: { readonly sessionId: string; readonly programId: string | null },
  change: (known: SessionSigns | undefined) => SessionSigns | undefined,
): void {
  const { sessions } = program(programId ?? NO_PROGRAM);
  const before = sessions.peek();
  const old = before.find((each) => each.sessionId === sessionId) ?? changed.get(sessionId);
  const after = change(old);
  if (!after || after === old) return;
  changed.set(sessionId, after);
  const others = before.filter((each) => each.sessionId !== sessionId);
  sessions.value = isLive(after) ? [...others, after] : others;
  if (isLive(after)) return;
  const { lastHeartbeat, state } = after;
  learn(programId ?? NO_PROGRAM, { lastHeartbeat, state, health: 'offline' });
}

/** A read of all sessions begins: what changes from here on is newer than what it will find. */
export const beginRead = (): void => changed.clear();

/** A read of all sessions has found these and no others: the ones that it would have found are gone. */
export function endRead(found: ReadonlySet<string>): void {
  for (const { sessions, facts } of programs.values()) {
    const kept = sessions.peek().filter(({ sessionId }) => found.has(sessionId) || changed.has(sessionId));
    if (kept.length < sessions.peek().length) sessions.value = kept;
    if (kept.length === 0 && facts.peek().health !== 'offline') facts.value = { ...facts.peek(), health: 'offline' };
  }
  changed.clear();
}

/** Forgets everything: somebody else may sign in. */
export function forgetFleet(): void {
  programs.clear();
  changed.clear();
  massSilence.value = null;
  known.value += 1;
}
