/** Selects the program of an agent and its key. */
import { basename } from 'node:path';
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';
import { deleteFile, writeFileAtomic } from '../hook/atomic-file.ts';
import {
  connectionFile,
  type Environment,
  foldersFile,
  type ProgramConnection,
  readConnection,
  readJsonObject,
} from '../hook/paths.ts';
import { isValidId } from '../hook/payload.ts';
import { saveStartTrouble } from '../hook/start-trouble.ts';
import { truncateLine } from '../hook/truncate.ts';
import type { AgentLocation } from './targets.ts';

export interface SelectedProgram {
  readonly programId: string;
  readonly url: string;
  /** Null when one has to be created, with the admin key of the call. */
  readonly key: string | null;
}

export interface ProgramOptions {
  readonly program: string | undefined;
  readonly makeKey: boolean;
}

/** A stored key is reused, so a second run needs no server. Throws a `Failure`. */
export async function selectProgram(call: Call, place: AgentLocation, given: ProgramOptions): Promise<SelectedProgram> {
  const { url, key } = call.settings();
  if (given.program !== undefined && !isValidId(given.program))
    throw new Failure(
      `${given.program} cannot be the name of a program`,
      EXIT.usage,
      'Letters, digits and . _ : -, at most 100',
    );
  const folders = readJsonObject(foldersFile(call.environment)) ?? {};
  const mapped = place.scope === 'project' ? folders[place.folder] : undefined;
  const chosenId = given.program ?? (typeof mapped === 'string' ? mapped : undefined);
  const findStored = (programId: string): SelectedProgram | null => {
    const connection = readConnection(call.environment, programId);
    return connection?.url === url ? { programId, url, key: connection.key } : null;
  };
  const existing = chosenId === undefined ? null : findStored(chosenId);
  if (existing && !(given.makeKey && (await needsNewKey(call, existing)))) return existing;
  const me = await (await call.fleetbeat()).me();
  if (me.role === 'program') {
    if (chosenId !== undefined && chosenId !== me.programId)
      throw new Failure(`The key is of the program ${me.programId}, not of ${chosenId}`, EXIT.refused);
    return { programId: me.programId as string, url, key };
  }
  const programId = chosenId ?? defaultProgramId(place);
  if (me.role === 'auditor') throw new Failure('An auditor makes no keys', EXIT.refused, KEY_HINT);
  if (!given.makeKey) throw new Failure(`There is no key of the program ${programId}`, EXIT.refused, KEY_HINT);
  const stored = existing ? null : findStored(programId);
  return stored ?? { programId, url, key: null };
}

/** So that `--make-key` replaces a key before agents lose their memory with it. */
const RENEW_BEFORE_MS = 14 * 86_400_000;

/** Whether the server refuses the key, or will soon. False when the server cannot be reached: a second run needs none. */
async function needsNewKey(call: Call, { url, key }: SelectedProgram): Promise<boolean> {
  try {
    const { expiresAt } = await (await call.fleetbeat({ url, key: key ?? '' })).me();
    return expiresAt !== null && Date.parse(expiresAt) - call.now() < RENEW_BEFORE_MS;
  } catch (error) {
    return (error as { status?: unknown }).status === 401;
  }
}

const KEY_HINT = [
  '--make-key makes one, with the admin key that is used now',
  'Or give a key of the program by --key or FLEETBEAT_KEY',
].join('\n');

/** One program for a project, named as its folder; for all projects of a person, as the agent. */
function defaultProgramId({ scope, folder, agent }: AgentLocation): string {
  if (scope === 'user') return agent;
  const name = basename(folder)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100);
  return isValidId(name) ? name : 'project';
}

/** Creates the key if there is none. It is stored in a file of mode 600 outside every project. */
export async function saveConnection(
  call: Call,
  place: AgentLocation,
  choice: SelectedProgram,
  more: Partial<ProgramConnection>,
): Promise<void> {
  const { programId, url } = choice;
  const key = choice.key ?? (await createKey(call, place, programId));
  const before = readConnection(call.environment, programId);
  saveProgramConnection(call.environment, programId, { ...before, url, key, ...more });
  if (place.scope === 'project') mapFolder(place, programId);
}

export const saveProgramConnection = (
  environment: Environment,
  programId: string,
  connection: ProgramConnection,
): void => {
  writeFileAtomic(connectionFile(environment, programId), `${JSON.stringify(connection, null, 2)}\n`);
  saveStartTrouble(environment, programId, null);
};

async function createKey(call: Call, { agent, folder }: AgentLocation, programId: string): Promise<string> {
  const label = truncateLine(`${agent} in ${basename(folder)}`, 100);
  return (await (await call.fleetbeat()).keys.create({ programId, label, renewable: true })).key;
}

/** Null removes the folder. */
export function mapFolder({ environment, folder }: AgentLocation, programId: string | null): void {
  const { [folder]: _, ...others } = readJsonObject(foldersFile(environment)) ?? {};
  const folders = programId === null ? others : { ...others, [folder]: programId };
  if (Object.keys(folders).length === 0) deleteFile(foldersFile(environment));
  else writeFileAtomic(foldersFile(environment), `${JSON.stringify(folders, null, 2)}\n`);
}

/** Whether the wanted connection is stored already. */
export function isSaved(place: AgentLocation, choice: SelectedProgram, more: Partial<ProgramConnection>): boolean {
  const connection = readConnection(place.environment, choice.programId);
  const isMapped =
    place.scope === 'user' || readJsonObject(foldersFile(place.environment))?.[place.folder] === choice.programId;
  const wanted = Object.entries({ url: choice.url, key: choice.key, ...more });
  return (
    isMapped &&
    connection !== null &&
    wanted.every(([name, value]) => connection[name as keyof ProgramConnection] === value)
  );
}
