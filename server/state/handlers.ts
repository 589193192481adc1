/** Operation → service → view, for the operations of program state. */
import { requireSame } from '../faults.ts';
import type { Handlers } from '../operations.ts';
import { etag, stateView, writtenView } from './view.ts';

export const stateHandlers: Handlers<'getProgramState' | 'updateProgramState'> = {
  async getProgramState({ path }, { principal, services }) {
    const stored = await services.state.read(principal, path.programId);
    const body = stateView(path.programId, stored, services.clock.now());
    return { status: 200, body, headers: { ETag: etag(body.version) } };
  },

  async updateProgramState({ path, headers, body }, { principal, services }) {
    const { programId, ...update } = body;
    requireSame('programId', path.programId, programId);
    const written = await services.state.write(principal, path.programId, update, headers['if-match']);
    return {
      status: 200,
      body: writtenView(written, services.clock.now()),
      headers: { ETag: etag(written.row.version) },
    };
  },
};
