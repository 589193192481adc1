/** What a fake server stores, as the contract shows it. */
import type { Clock } from '../clock.js';
import type { Schemas } from '../contract-types.js';
import { FleetbeatError } from '../error.js';
import type { ProblemKind } from '../generated/types.js';
import type { FakeStreams } from './streams.js';

type Session = Schemas['SessionReport'];

export const refuse = (kind: ProblemKind, status: number, detail: string, more: object = {}): FleetbeatError =>
  new FleetbeatError(
    { type: `/problems/${kind}`, title: kind, status, detail, instance: 'fake', ...more },
    status,
    null,
  );

export class FakeStore {
  readonly sessions: Session[] = [];
  readonly tasks: Schemas['Task'][] = [];
  readonly messages: Schemas['Message'][] = [];
  readonly questions: Schemas['Question'][] = [];
  summary: Schemas['ContextSummary'] = { lastTask: null, activeWorkItems: [], handoffNotes: null, openQuestions: [] };
  version = 0;
  paused = false;
  #ids = 0;

  constructor(
    readonly programId: string,
    private readonly clock: Clock,
    private readonly streams: FakeStreams,
  ) {}

  now(): string {
    return new Date(this.clock.now()).toISOString();
  }

  createId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}-${this.#ids}`;
  }

  publish(type: Schemas['FleetEvent']['type'], sessionId: string | null, data: object): void {
    const event = { type, at: this.now(), programId: this.programId, sessionId, data };
    this.streams.publish(event as Parameters<FakeStreams['publish']>[0]);
  }

  openSession({ sessionId = this.createId('session'), ...given }: Schemas['SessionCreate']): Session {
    const now = this.now();
    const session: Session = {
      ...{ sessionId, programId: this.programId, status: null, state: 'working', progress: null, projectName: null },
      ...{ contextBytes: null, contextLimitBytes: null, contextFullAt: null, handoffRequired: false },
      ...{ handoffAdvised: false, stale: false, stuck: false, idle: false, archived: false, archiveReason: null },
      ...{ successor: null, createdAt: now, updatedAt: now, lastHeartbeat: now, lastProgressAt: now },
      ...{ completedAt: null, completeReason: null, archivedAt: null, nextHeartbeatInSeconds: 600 },
      ...{ pendingTasks: 0, pendingMessages: 0, programPaused: false },
      ...given,
    };
    this.sessions.push(session);
    return this.report(session);
  }

  findSession(sessionId: string): Session {
    const session = this.sessions.find((each) => each.sessionId === sessionId);
    if (!session) throw refuse('session-not-found', 404, `There is no session '${sessionId}'.`);
    return session;
  }

  /** Throws `session-superseded` for a session that has a successor. */
  findWritable(sessionId: string): Session {
    const session = this.findSession(sessionId);
    const { successor } = session;
    if (successor !== null)
      throw refuse('session-superseded', 409, `'${sessionId}' was taken over by '${successor}'.`, { successor });
    return session;
  }

  updateSession(sessionId: string, update: Schemas['SessionUpdate']): Session {
    const session = this.findWritable(sessionId);
    const { lastHeartbeat, killed, ...fields } = update;
    const now = this.now();
    Object.assign(session, fields, { updatedAt: now });
    if (lastHeartbeat) session.lastHeartbeat = now;
    if (killed) session.handoffRequired = true;
    if (session.state === 'complete') session.completedAt ??= now;
    return this.report(session);
  }

  /** The session with what depends on the rest of the store. */
  report(session: Session): Session {
    const { contextBytes, contextLimitBytes } = session;
    if (contextBytes !== null && contextLimitBytes !== null)
      session.contextUsedPercent = Math.min(100, (100 * contextBytes) / contextLimitBytes);
    session.handoffAdvised = (session.contextUsedPercent ?? 0) > 60;
    session.pendingTasks = this.tasks.filter(({ state }) => state === 'created').length;
    session.pendingMessages = this.messages.filter(({ acknowledgedAt }) => acknowledgedAt === null).length;
    session.programPaused = this.paused;
    return { ...session };
  }

  /** The new session takes over what the other one holds. */
  supersede(predecessor: Session, successor: Session): void {
    const { handoffRequired, sessionId } = predecessor;
    const completeReason = handoffRequired ? 'handed-off' : 'succeeded';
    Object.assign(predecessor, {
      successor: successor.sessionId,
      state: 'complete',
      completeReason,
      completedAt: this.now(),
    });
    for (const task of this.tasks)
      if (task.state === 'claimed' && task.claimedSession === sessionId) task.claimedSession = successor.sessionId;
    this.publish('session.succeeded', sessionId, { ...predecessor });
  }

  boot(given: Schemas['BootRequest']): Schemas['Boot'] {
    const { maxTokens: _, ...opening } = given;
    const earlier = [...this.sessions];
    const session = this.openSession(opening);
    const predecessors = earlier.filter(
      ({ successor, state, handoffRequired }) => successor === null && state !== 'complete' && handoffRequired,
    );
    for (const each of predecessors) this.supersede(each, session);
    const messages = this.messages.filter(({ acknowledgedAt }) => acknowledgedAt === null);
    const { summary: contextSummary, version } = this;
    return {
      session: this.report(session),
      previousSession: describePrevious(predecessors.at(-1) ?? earlier.at(-1)),
      state: { version, contextSummary, contextSummaryExpired: false, learnedPatterns: [] },
      tasks: this.tasks.filter(({ state }) => state !== 'completed'),
      ...{ messages, leftOut: [], tokens: 100 },
    };
  }
}

function describePrevious(session: Session | undefined): Schemas['PreviousSession'] {
  if (!session) return null;
  const { sessionId, name, status, state, progress, handoffRequired, lastHeartbeat, completeReason } = session;
  const ended = completeReason ?? (state === 'complete' ? 'complete' : 'alive');
  return { sessionId, name, status, state, progress, handoffRequired, lastHeartbeat, ended };
}
