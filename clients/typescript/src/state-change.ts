/** A change to a program's state that depends on what is stored. */

import type { Schemas } from './contract-types.js';
import type { ProgramId } from './generated/types.js';
import type { CallOptions, WriteOptions } from './options.js';

/** Derives the update from the current state; null writes nothing. */
export type StateChange = (
  current: Schemas['ProgramState'],
) => Schemas['ProgramStateUpdate'] | null | Promise<Schemas['ProgramStateUpdate'] | null>;

export interface ChangeOptions extends CallOptions {
  /** How often the change is derived and written at most, each time because another writer came first; 10 by default. */
  readonly maxAttempts?: number;
}

interface StateStore {
  read(programId: ProgramId, query: object, options?: CallOptions): Promise<Schemas['ProgramState']>;
  update(
    programId: ProgramId,
    update: Schemas['ProgramStateUpdate'],
    options?: WriteOptions,
  ): Promise<Schemas['WrittenState']>;
}

const DEFAULT_MAX_ATTEMPTS = 10;

/** Reads, derives the update, and writes it if the state is unchanged; starts over when another writer came first. */
export async function changeState(
  state: StateStore,
  programId: ProgramId,
  change: StateChange,
  { maxAttempts = DEFAULT_MAX_ATTEMPTS, ...options }: ChangeOptions = {},
): Promise<Schemas['WrittenState'] | null> {
  for (let attempt = 1; ; attempt += 1) {
    const current = await state.read(programId, {}, options);
    const update = await change(current);
    if (update === null) return null;
    try {
      return await state.update(programId, update, { ...options, version: current.version });
    } catch (error) {
      // Not by its class: that would tear the code that a page loads at once into more files.
      const isConflict = error instanceof Error && 'status' in error && error.status === 412;
      if (!isConflict || attempt >= maxAttempts) throw error;
    }
  }
}
