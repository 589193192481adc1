/** Booting: a story across domains, told by their services within one transaction. */
import type { components } from '../../openapi/generated/types.ts';
import { instant } from '../clock.ts';
import type { Handlers } from '../operations.ts';
import type { SessionRow } from '../sessions/entity.ts';
import { report } from '../sessions/handlers.ts';
import { stateView } from '../state/view.ts';
import { briefOf } from './brief.ts';

const DEFAULT_TOKENS = 2_000;

export const bootHandlers: Handlers<'bootProgram'> = {
  async bootProgram({ path: { programId }, body: { maxTokens = DEFAULT_TOKENS, ...create } }, context) {
    const { principal, services } = context;
    // One transaction: what the answer tells is what the successor took over, and nothing was written in between.
    return services.store.together(async () => {
      const { made, session, previous } = await services.sessions.succeed(principal, programId, create);
      const now = services.clock.now();
      const state = stateView(programId, await services.state.read(principal, programId), now);
      const known = {
        session: await report(session, context),
        previousSession: previous && previousView(previous),
        state,
      };
      return { status: made ? 201 : 200, body: briefOf(known, maxTokens, now) };
    });
  },
};

const previousView = (row: SessionRow): NonNullable<components['schemas']['PreviousSession']> => ({
  sessionId: row.sessionId,
  name: row.name,
  status: row.status,
  state: row.state,
  progress: row.progress,
  ended: endOf(row),
  handoffRequired: row.handoffRequired,
  lastHeartbeat: instant(row.lastHeartbeat),
});

const endOf = ({ completeReason, state, archived }: SessionRow) =>
  completeReason ?? (state === 'complete' ? 'complete' : archived ? 'silent' : 'alive');
