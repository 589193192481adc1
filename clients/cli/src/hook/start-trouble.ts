/**
 * Why the last start of a program brought no memory. The agent is told at once; this is kept until a start succeeds, so that
 * `fleetbeat doctor` finds it when a person looks.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deleteFile, writeFileAtomic } from './atomic-file.ts';
import { classifyError, type DeliveryErrorKind } from './hook-client.ts';
import { type Environment, readJsonObject, stateFolder } from './paths.ts';
import { truncateLine } from './truncate.ts';

/** `key`: the server does not accept the key. `start`: it refused the start for good; `limit`: for now. `away`: no answer. */
export type TroubleKind = 'key' | 'start' | 'limit' | 'away';

export interface StartTrouble {
  readonly kind: TroubleKind;
  /** In the words of the server, or of the network. */
  readonly says: string;
}

const KINDS: Readonly<Record<DeliveryErrorKind, TroubleKind>> = {
  away: 'away',
  refused: 'key',
  wait: 'limit',
  never: 'start',
  gone: 'start',
  fenced: 'start',
};

export const toStartTrouble = (error: unknown): StartTrouble => ({
  kind: KINDS[classifyError(error)],
  says: truncateLine((error as Error).message, 300),
});

const folder = (environment: Environment): string => join(stateFolder(environment), 'trouble');
const file = (environment: Environment, programId: string): string => join(folder(environment), `${programId}.json`);

/** Null when the last start succeeded. */
export function saveStartTrouble(environment: Environment, programId: string, trouble: StartTrouble | null): void {
  if (trouble === null) deleteFile(file(environment, programId));
  else writeFileAtomic(file(environment, programId), JSON.stringify({ ...trouble, at: new Date().toISOString() }));
}

export type KeptTrouble = StartTrouble & { readonly programId: string; readonly at: string };

export function listStartTroubles(environment: Environment): KeptTrouble[] {
  try {
    return readdirSync(folder(environment)).flatMap((name) => {
      const kept = readJsonObject(join(folder(environment), name)) as Omit<KeptTrouble, 'programId'> | null;
      return kept === null || !name.endsWith('.json') ? [] : [{ ...kept, programId: name.slice(0, -'.json'.length) }];
    });
  } catch {
    return [];
  }
}
