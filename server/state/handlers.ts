/** Operation → service → view, for reading and writing program state. */
import { requireSame } from '../faults.ts';
import type { Context, Handlers } from '../operations.ts';
import { documentOf } from './document.ts';
import { etag, stateView, writtenView } from './view.ts';
import type { WrittenState } from './write.ts';

export const stateHandlers: Handlers<'getProgramState' | 'updateProgramState' | 'exportState' | 'importState'> = {
  async getProgramState({ path, query }, { principal, services }) {
    const stored = await services.state.read(principal, path.programId, query.asOf);
    const body = stateView(path.programId, stored, stored.judgedAt);
    return { status: 200, body, headers: { ETag: etag(body.version) } };
  },

  async updateProgramState({ path, headers, body }, context) {
    const { principal, services } = context;
    const { programId, ...update } = body;
    requireSame('programId', path.programId, programId);
    return report(await services.state.write(principal, path.programId, update, headers['if-match']), context);
  },

  async exportState({ path }, { principal, services }) {
    const stored = await services.stateTransfer.export(principal, path.programId);
    const headers = { ETag: etag(stored.row?.version ?? 0) };
    return { status: 200, body: documentOf(path.programId, stored), headers };
  },

  async importState({ path, headers, body }, context) {
    const { principal, services } = context;
    return report(await services.stateTransfer.import(principal, path.programId, body, headers['if-match']), context);
  },
};

/** What is stored after a write, with its version as the ETag. */
export const report = (written: WrittenState, { services }: Context) => ({
  status: 200 as const,
  body: writtenView(written, services.clock.now()),
  headers: { ETag: etag(written.row.version) },
});
