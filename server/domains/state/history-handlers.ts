/** The handlers of state versions. */
import type { Clock } from '../../platform/clock.ts';
import type { Handlers } from '../../platform/operations.ts';
import { diffStates } from './diff.ts';
import { toWriteResponse } from './handlers.ts';
import type { StateHistoryService } from './history-service.ts';
import { toStateView, toVersionView } from './view.ts';

export const stateHistoryHandlers: Handlers<
  'listStateVersions' | 'getStateVersion' | 'diffState' | 'restoreState',
  { readonly clock: Clock; readonly stateHistory: StateHistoryService }
> = {
  async listStateVersions({ path, query: { limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.stateHistory.list(principal, path.programId, { limit, cursor });
    return { status: 200, body: { versions: page.map(toVersionView), nextCursor } };
  },

  async getStateVersion({ path }, { principal, services }) {
    // Path parameters are text; the contract has admitted integers only.
    const stored = await services.stateHistory.get(principal, path.programId, Number(path.version));
    return { status: 200, body: toStateView(path.programId, stored, services.clock.now()) };
  },

  async diffState({ path, query: { from, to } }, { principal, services }) {
    const [before, after] = await services.stateHistory.getPair(principal, path.programId, from, to);
    return { status: 200, body: diffStates(before, after) };
  },

  async restoreState({ path, headers, body }, context) {
    const { principal, services } = context;
    return toWriteResponse(
      await services.stateHistory.restore(principal, path.programId, body, headers['if-match']),
      context,
    );
  },
};
