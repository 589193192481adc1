/** Where hooks keep their files: the connections of this person, and events that are not sent yet. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { withoutByteOrderMark } from './byte-order-mark.ts';
import { isValidId } from './payload.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const home = (environment: Environment) => environment['HOME'] || homedir();

/** `$XDG_CONFIG_HOME/fleetbeat` (XDG Base Directory Specification). */
export const configFolder = (environment: Environment): string =>
  join(environment['XDG_CONFIG_HOME'] || join(home(environment), '.config'), 'fleetbeat');

/** `$XDG_STATE_HOME/fleetbeat/hooks`. */
export const stateFolder = (environment: Environment): string =>
  join(environment['XDG_STATE_HOME'] || join(home(environment), '.local', 'state'), 'fleetbeat', 'hooks');

/** The server and the key of a program. Stored by `fleetbeat connect` in a file of mode 600. */
export interface ProgramConnection {
  readonly url: string;
  readonly key: string;
  /** False keeps prompts, answers and questions on this machine. */
  readonly words?: boolean;
  /** The size of the agent's context window; without it no percentage is shown. */
  readonly contextLimitBytes?: number;
  /** Whether an answer from Fleetbeat may allow a tool. Said on this machine, by `fleetbeat connect`. */
  readonly allowFromAfar?: boolean;
}

export const connectionFile = (environment: Environment, programId: string): string =>
  join(configFolder(environment), 'programs', `${programId}.json`);

export const foldersFile = (environment: Environment): string => join(configFolder(environment), 'folders.json');

/** Null when there is none, or when its file is malformed. */
export function readConnection(environment: Environment, programId: string): ProgramConnection | null {
  const stored = readJsonObject(connectionFile(environment, programId));
  return typeof stored?.['url'] === 'string' && typeof stored['key'] === 'string'
    ? (stored as unknown as ProgramConnection)
    : null;
}

/** The named program, else the one of the folder or of its nearest parent, which `.` means too. */
export function resolveProgramId(environment: Environment, named: string | undefined, folder: string): string | null {
  const given = named || environment['FLEETBEAT_PROGRAM'];
  if (given && given !== '.') return isValidId(given) ? given : null;
  const programs = readJsonObject(foldersFile(environment));
  for (let at = resolve(folder); programs; at = dirname(at)) {
    const programId = Object.hasOwn(programs, at) ? programs[at] : undefined;
    if (typeof programId === 'string' && isValidId(programId)) return programId;
    if (at === dirname(at)) return null;
  }
  return null;
}

/** The JSON object in a file, behind a byte order mark too; null when there is none. */
export function readJsonObject(file: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(withoutByteOrderMark(readFileSync(file, 'utf8')));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
