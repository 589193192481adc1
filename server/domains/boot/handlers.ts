/** Boot: the services of several domains within one transaction. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { formatInstant } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { created, type Handlers, type RequestContext } from '../../platform/operations.ts';
import { type MessageService, toReceivedView } from '../messages/index.ts';
import { type Handover, type SessionRow, type SessionServices, toSessionReport } from '../sessions/index.ts';
import { type StateService, toStateView } from '../state/index.ts';
import { type TaskService, toTaskSummary } from '../tasks/index.ts';
import { buildBrief } from './brief.ts';

const DEFAULT_MAX_TOKENS = 2_000;
/** At most this many tasks, and as many messages, are read. */
const MAX_LISTED = 50;

interface Services extends SessionServices {
  readonly clock: Clock;
  readonly store: Store;
  readonly state: StateService;
  readonly tasks: TaskService;
  readonly messages: MessageService;
}

export const bootHandlers: Handlers<'bootProgram', Services> = {
  async bootProgram({ path: { programId }, body: { maxTokens = DEFAULT_MAX_TOKENS, ...create } }, context) {
    const { principal, services } = context;
    // One transaction: the answer shows exactly what the successor took over, and no other write comes in between.
    return services.store.runInTransaction(async () => {
      const {
        created: isNew,
        session,
        previous,
        predecessors,
      } = await services.sessions.createSuccessor(principal, programId, create);
      await services.tasks.handOver(principal, predecessors, session.sessionId);
      const now = services.clock.now();
      const input = {
        session: await toSessionReport(session, context),
        previousSession: previous && toPreviousSession(previous, await services.sessions.handover(previous)),
        state: toStateView(programId, await services.state.read(principal, programId), now),
        tasks: await listOpenTasks(context, programId, session.sessionId),
        messages: (await services.messages.inbox(principal, { programId, limit: MAX_LISTED })).messages.map(
          toReceivedView,
        ),
      };
      const brief = buildBrief(input, maxTokens, now);
      return isNew ? created(`/v1/sessions/${session.sessionId}`, brief) : { status: 200, body: brief };
    });
  },
};

/** The tasks that the session has claimed, then those pending for its program. */
async function listOpenTasks({ principal, services }: RequestContext<Services>, programId: string, sessionId: string) {
  const { tasks: claimed } = await services.tasks.list(principal, { claimedBy: programId, limit: MAX_LISTED });
  const { tasks: waiting } = await services.tasks.list(principal, { target: programId, limit: MAX_LISTED });
  return [
    ...claimed.map(toTaskSummary).filter((task) => task.claimedSession === sessionId),
    ...waiting.map(toTaskSummary),
  ];
}

const toPreviousSession = (
  row: SessionRow,
  handover: Handover | null,
): NonNullable<components['schemas']['PreviousSession']> => ({
  sessionId: row.sessionId,
  name: row.name,
  status: row.status,
  state: row.state,
  progress: row.progress,
  ended: getEndReason(row),
  handoffRequired: row.handoffRequired,
  lastHeartbeat: formatInstant(row.lastHeartbeat),
  ...(handover && { handover }),
});

const getEndReason = ({ completeReason, state, archived, archiveReason }: SessionRow) =>
  completeReason ?? (state === 'complete' ? 'complete' : archived ? (archiveReason ?? 'silent') : 'alive');
