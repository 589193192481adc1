import type { Schemas } from './contract-types.js';
import { FleetbeatError } from './error.js';
import type { ChangeOptions, State, StateChange } from './operations/state.js';

const DEFAULT_MAX_ATTEMPTS = 10;

/** Read, work out, write if unchanged: again from the start while another writer comes first, at most `rounds` times. */
export async function changeState(
  state: Pick<State, 'read' | 'update'>,
  programId: string,
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
      const isConflict = error instanceof FleetbeatError && error.status === 412;
      if (!isConflict || attempt >= maxAttempts) throw error;
    }
  }
}
