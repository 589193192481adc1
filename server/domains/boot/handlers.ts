/** Booting: a story across domains, told by their services within one transaction. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { instant } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Context, Handlers } from '../../platform/operations.ts';
import type { MessageService } from '../messages/service.ts';
import { receivedView } from '../messages/view.ts';
import type { SessionRow } from '../sessions/entity.ts';
import type { SessionServices } from '../sessions/handlers.ts';
import { report } from '../sessions/handlers.ts';
import type { StateService } from '../state/service.ts';
import { stateView } from '../state/view.ts';
import type { TaskService } from '../tasks/service.ts';
import { taskSummary } from '../tasks/view.ts';
import { briefOf } from './brief.ts';

const DEFAULT_TOKENS = 2_000;
/** Of tasks and of messages as many as this are looked at; what is left out is told. */
const MOST = 50;

interface Services extends SessionServices {
  readonly clock: Clock;
  readonly store: Store;
  readonly state: StateService;
  readonly tasks: TaskService;
  readonly messages: MessageService;
}

export const bootHandlers: Handlers<'bootProgram', Services> = {
  async bootProgram({ path: { programId }, body: { maxTokens = DEFAULT_TOKENS, ...create } }, context) {
    const { principal, services } = context;
    // One transaction: what the answer tells is what the successor took over, and nothing was written in between.
    return services.store.together(async () => {
      const { made, session, previous, predecessors } = await services.sessions.succeed(principal, programId, create);
      await services.tasks.handOver(principal, predecessors, session.sessionId);
      const now = services.clock.now();
      const known = {
        session: await report(session, context),
        previousSession: previous && previousView(previous),
        state: stateView(programId, await services.state.read(principal, programId), now),
        tasks: await openTasks(context, programId, session.sessionId),
        messages: (await services.messages.inbox(principal, { programId, limit: MOST })).messages.map(receivedView),
      };
      return { status: made ? 201 : 200, body: briefOf(known, maxTokens, now) };
    });
  },
};

/** What the session has claimed, then what waits for its program. */
async function openTasks({ principal, services }: Context<Services>, programId: string, sessionId: string) {
  const { tasks: claimed } = await services.tasks.list(principal, { claimedBy: programId, limit: MOST });
  const { tasks: waiting } = await services.tasks.list(principal, { target: programId, limit: MOST });
  return [...claimed.map(taskSummary).filter((task) => task.claimedSession === sessionId), ...waiting.map(taskSummary)];
}

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
