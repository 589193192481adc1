/** Which program an agent is, and with which key it speaks. */
import { basename } from 'node:path';
import type { Call } from '../call.ts';
import { EXIT, Failure } from '../exit.ts';
import { isId } from '../hook/heard.ts';
import { dropFile, keepFile } from '../hook/keep-file.ts';
import { type Connection, connectionFile, connectionOf, foldersFile, readJson } from '../hook/places.ts';
import type { Place } from './targets.ts';

export interface Choice {
  readonly programId: string;
  readonly url: string;
  /** Null when one has to be made, with the admin's key of the call. */
  readonly key: string | null;
}

export interface Given {
  readonly program: string | undefined;
  readonly makeKey: boolean;
}

/** A key that is kept already is used again; so a second run needs no server. Throws a `Failure`. */
export async function choose(call: Call, place: Place, given: Given): Promise<Choice> {
  const { url, key } = call.settings();
  if (given.program !== undefined && !isId(given.program))
    throw new Failure(
      `${given.program} cannot be the name of a program`,
      EXIT.usage,
      'Letters, digits and . _ : -, at most 100',
    );
  const folders = readJson(foldersFile(call.environment)) ?? {};
  const mapped = place.scope === 'project' ? folders[place.folder] : undefined;
  const known = given.program ?? (typeof mapped === 'string' ? mapped : undefined);
  const keptFor = (programId: string): Choice | null => {
    const kept = connectionOf(call.environment, programId);
    return kept?.url === url ? { programId, url, key: kept.key } : null;
  };
  const kept = known === undefined ? null : keptFor(known);
  if (kept) return kept;
  const me = await (await call.fleetbeat()).me();
  if (me.role === 'program') {
    if (known !== undefined && known !== me.programId)
      throw new Failure(`The key is of the program ${me.programId}, not of ${known}`, EXIT.refused);
    return { programId: me.programId as string, url, key };
  }
  const programId = known ?? nameFor(place);
  if (me.role === 'auditor') throw new Failure('An auditor makes no keys', EXIT.refused, HOW);
  if (!given.makeKey) throw new Failure(`There is no key of the program ${programId}`, EXIT.refused, HOW);
  return keptFor(programId) ?? { programId, url, key: null };
}

const HOW = [
  '--make-key makes one, with the admin key that is used now',
  'Or give a key of the program by --key or FLEETBEAT_KEY',
].join('\n');

/** One program for a project, named as its folder; for all projects of a person, as the agent. */
function nameFor({ scope, folder, agent }: Place): string {
  if (scope === 'user') return agent;
  const name = basename(folder)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100);
  return isId(name) ? name : 'project';
}

/** Makes the key where there is none. It is kept in a file of mode 600 outside every project. */
export async function keepProgram(call: Call, place: Place, choice: Choice, more: Partial<Connection>): Promise<void> {
  const { programId, url } = choice;
  const key = choice.key ?? (await made(call, place, programId));
  const before = connectionOf(call.environment, programId);
  const connection = { ...before, url, key, ...more };
  keepFile(connectionFile(call.environment, programId), `${JSON.stringify(connection, null, 2)}\n`);
  if (place.scope === 'project') mapFolder(place, programId);
}

async function made(call: Call, { agent, folder }: Place, programId: string): Promise<string> {
  const label = `${agent} in ${basename(folder)}`.slice(0, 100);
  return (await (await call.fleetbeat()).keys.create({ programId, label })).key;
}

/** Null takes the folder out. */
export function mapFolder({ environment, folder }: Place, programId: string | null): void {
  const { [folder]: _, ...others } = readJson(foldersFile(environment)) ?? {};
  const folders = programId === null ? others : { ...others, [folder]: programId };
  if (Object.keys(folders).length === 0) dropFile(foldersFile(environment));
  else keepFile(foldersFile(environment), `${JSON.stringify(folders, null, 2)}\n`);
}

/** Whether the connection is kept as it is wanted. */
export function isKept(place: Place, choice: Choice, more: Partial<Connection>): boolean {
  const kept = connectionOf(place.environment, choice.programId);
  const isMapped =
    place.scope === 'user' || readJson(foldersFile(place.environment))?.[place.folder] === choice.programId;
  const wanted = Object.entries({ url: choice.url, key: choice.key, ...more });
  return isMapped && kept !== null && wanted.every(([name, value]) => kept[name as keyof Connection] === value);
}
