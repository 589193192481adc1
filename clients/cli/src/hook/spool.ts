/** Events that are not sent yet: one file each, in a folder per program, sent in the order of their names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { components } from '@fleetbeat/client';
import { deleteFile, writeFileAtomic } from './atomic-file.ts';
import type { HookClient, LifecycleEvent } from './lifecycle-events.ts';
import { type Environment, stateFolder } from './paths.ts';
import type { SessionUpdate } from './session-update.ts';

/** What a hook itself has done: it has shown messages, or not let an agent go on by itself any longer. */
export type OwnMoment = 'told' | 'limit';

export type TurnLimit = components['schemas']['TurnLimit'];

/** A lifecycle event of a session, with the change that it makes. */
export interface HookEvent extends SessionUpdate {
  /** Unique and ordered by time; also the Idempotency-Key of what it creates. */
  readonly id: string;
  /** Milliseconds. */
  readonly at: number;
  readonly moment: LifecycleEvent | OwnMoment;
  readonly client: HookClient;
  readonly programId: string;
  readonly sessionId: string;
  /** The name of the folder that the agent works in. */
  readonly project: string;
  /** The questions to withdraw, since their dialogs were answered; `all` of the session where one's id is not known. */
  readonly closes?: readonly string[] | 'all';
  /** The messages whose texts were put into the agent's context; with the moment `told`. */
  readonly told?: readonly string[];
  /** Why the agent was not made to go on; with the moment `limit`. */
  readonly limit?: TurnLimit;
}

/** Beyond this number the oldest heartbeats are dropped, and only without any the oldest of the others. */
export const MAX_EVENTS = 2_000;

export const spoolFolder = (environment: Environment, programId: string): string =>
  join(stateFolder(environment), 'spool', programId);

let eventCount = 0;

export const newEventId = (at: number): string =>
  `${String(at).padStart(15, '0')}-${String(++eventCount).padStart(3, '0')}-${process.pid}-${Math.random().toString(36).slice(2, 10)}`;

const suffix = ({ moment }: HookEvent) => (moment === 'tool' ? '.beat.json' : '.json');

/** When it returns, the event survives this process. */
export function spoolEvent(environment: Environment, event: HookEvent): void {
  const folder = spoolFolder(environment, event.programId);
  writeFileAtomic(join(folder, `${event.id}${suffix(event)}`), JSON.stringify(event));
  const files = listEventFiles(environment, event.programId);
  if (files.length > MAX_EVENTS) for (const file of selectOverflow(files, MAX_EVENTS)) deleteFile(join(folder, file));
}

/** The names of the files to drop. */
export const selectOverflow = (files: readonly string[], max: number): string[] => {
  const beats = files.filter((file) => file.endsWith('.beat.json'));
  const others = files.filter((file) => !file.endsWith('.beat.json'));
  return [...beats, ...others].slice(0, Math.max(0, files.length - max));
};

/** Oldest first. */
export function listEventFiles(environment: Environment, programId: string): string[] {
  try {
    return readdirSync(spoolFolder(environment, programId))
      .filter((name) => /^\d.*\.json$/.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** Null when another process has sent it, or when the file holds no event. */
export function readEvent(environment: Environment, programId: string, file: string): HookEvent | null {
  try {
    return JSON.parse(readFileSync(join(spoolFolder(environment, programId), file), 'utf8')) as HookEvent;
  } catch {
    return null;
  }
}

export const deleteEvent = (environment: Environment, programId: string, file: string): void =>
  deleteFile(join(spoolFolder(environment, programId), file));

export const eventFileName = (event: HookEvent): string => `${event.id}${suffix(event)}`;

/** The programs with waiting events. */
export function listSpooledPrograms(environment: Environment): string[] {
  try {
    const programs = readdirSync(join(stateFolder(environment), 'spool')).sort();
    return programs.filter((programId) => listEventFiles(environment, programId).length > 0);
  } catch {
    return [];
  }
}
