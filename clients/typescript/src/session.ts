/** A session as an object: it sends its own heartbeats, and says when something is wrong. */
import type { CallOptions, Connection } from './connection.js';
import type { Schemas, WriteOptions } from './contract-types.js';
import { FleetbeatError } from './error.js';
import { HeartbeatTimer } from './heartbeat.js';
import type { Sessions } from './operations/sessions.js';
import type { State } from './operations/state.js';
import { classifyFailure, type SessionFailure } from './session-failure.js';

type Report = Schemas['SessionReport'];
/** A session's update; the status stays as it is when it is omitted. */
export type SessionChange = Partial<Omit<Schemas['SessionUpdate'], 'sessionId' | 'lastHeartbeat'>>;

export interface SessionListeners {
  /** Called with what each answer of the server says: pending tasks and messages, handoff advised, paused. */
  readonly onReport?: (report: Report) => void;
  /** Called when heartbeats do not get through, and when they end. Without it the console is warned. */
  readonly onError?: (failure: SessionFailure) => void;
}

export interface SessionDeps extends Pick<Connection, 'clock' | 'random'> {
  readonly sessions: Pick<Sessions, 'update'>;
  readonly state: Pick<State, 'update'>;
}

/**
 * Heartbeats follow the server's `nextHeartbeatInSeconds`. All writes of a session go out one after the other, so no
 * heartbeat overtakes an update or writes over it. `await using` completes the session at the end of the block.
 */
export class Session implements AsyncDisposable {
  #report: Report;
  #lost = false;
  #leftOpen = false;
  #lastWrite: Promise<unknown> = Promise.resolve();
  readonly #abortController = new AbortController();
  readonly #timer: HeartbeatTimer;

  /** Use `fleetbeat.session()` or `fleetbeat.boot()`. */
  constructor(
    private readonly deps: SessionDeps,
    opened: Report,
    private readonly listeners: SessionListeners,
  ) {
    this.#report = opened;
    this.#timer = new HeartbeatTimer(deps.clock, deps.random, () => this.#sendHeartbeat());
    this.#applyReport(opened);
  }

  get sessionId(): string {
    return this.#report.sessionId;
  }
  get programId(): string | null {
    return this.#report.programId;
  }
  /** The session and its program's news as the server last told them. */
  get report(): Report {
    return this.#report;
  }
  get pendingTasks(): number {
    return this.#report.pendingTasks;
  }
  get pendingMessages(): number {
    return this.#report.pendingMessages;
  }
  /** More than 60 % of the context window is in use: hand over soon. */
  get handoffAdvised(): boolean {
    return this.#report.handoffAdvised;
  }
  /** A person asked the program to pause. */
  get paused(): boolean {
    return this.#report.programPaused;
  }
  /** `lost` while the server cannot be reached, `over` once this session may write nothing any more. */
  get life(): 'alive' | 'lost' | 'over' {
    return this.signal.aborted ? 'over' : this.#lost ? 'lost' : 'alive';
  }
  /** Aborts when another session took over or the server refuses this one: give it to whatever must then stop. */
  get signal(): AbortSignal {
    return this.#abortController.signal;
  }

  /** Tells how it goes; a text alone is a new status. Counts as a heartbeat. */
  update(change: SessionChange | string, options?: CallOptions): Promise<Report> {
    return this.#enqueueWrite(typeof change === 'string' ? { status: change } : change, options);
  }
  progress(percent: number, status?: string): Promise<Report> {
    return this.update({ progress: percent, ...statusUpdate(status) });
  }
  /** Waits for somebody: the question becomes the status (at most 200 characters). */
  block(question: string): Promise<Report> {
    return this.update({ state: 'blocked', status: question });
  }
  /** Works on after `block`. */
  resume(status?: string): Promise<Report> {
    return this.update({ state: 'working', ...statusUpdate(status) });
  }
  /** Ends the session well, and its heartbeats. */
  complete(status?: string): Promise<Report> {
    return this.update({ state: 'complete', ...statusUpdate(status) });
  }
  /** Writes what the program must remember, in this session's name: a session that was superseded is refused. */
  async remember(
    update: Omit<Schemas['ProgramStateUpdate'], 'sessionId'>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenState']> {
    const { programId, sessionId } = this;
    if (programId === null) throw new TypeError('The session belongs to no program, so it has no state to write.');
    return this.deps.state.update(programId, { ...update, sessionId }, options);
  }
  /**
   * Asks for a successor and leaves it notes. The session goes on, and is not completed when it is disposed of: the
   * program's next boot ends it and takes over what it holds.
   */
  async handoff(notes?: string | Schemas['ContextSummaryUpdate']): Promise<Report> {
    if (notes !== undefined)
      await this.remember({ contextSummary: typeof notes === 'string' ? { handoffNotes: notes } : notes });
    const report = await this.update({ handoffRequired: true });
    this.#leftOpen = true;
    return report;
  }
  /** Ends the heartbeats and leaves the session as it is: it reads stale after a while. Disposing then sends nothing. */
  leave(): void {
    this.#leftOpen = true;
    this.#timer.stop();
  }

  /** Completes the session, unless it was left, handed over, completed, or is over. Rejects when that cannot be told. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.#leftOpen && this.life !== 'over' && this.#report.state !== 'complete') await this.complete();
    } catch (error) {
      if (this.life !== 'over') throw error;
    } finally {
      this.leave();
    }
  }

  /** Never while another write is under way: that one is a heartbeat itself, and sets the timer when it ends. */
  #sendHeartbeat(): void {
    this.#enqueueWrite({}, { retries: 0 }).catch((error) => {
      if (this.life === 'alive') this.#markLost(error);
    });
  }

  #enqueueWrite(change: SessionChange, options?: CallOptions): Promise<Report> {
    const sent = this.#lastWrite.then(() => this.#write(change, options));
    this.#lastWrite = sent.catch(() => undefined);
    return sent;
  }

  async #write(change: SessionChange, options?: CallOptions): Promise<Report> {
    this.signal.throwIfAborted();
    this.#timer.pause();
    const update = { status: this.#report.status ?? '', ...change, lastHeartbeat: true };
    try {
      const report = await this.deps.sessions.update(this.sessionId, update, options);
      this.#applyReport(report);
      return report;
    } catch (error) {
      this.#handleError(error);
      throw error;
    }
  }

  #applyReport(report: Report): void {
    this.#report = report;
    this.#lost = false;
    if (report.state !== 'complete') this.#timer.scheduleWithin(report.nextHeartbeatInSeconds);
    this.#notify(this.listeners.onReport, report);
  }

  #handleError(error: unknown): void {
    const failure = classifyFailure(error);
    if (!failure) this.#timer.scheduleWithin(this.#report.nextHeartbeatInSeconds);
    else if (failure.kind === 'lost') {
      this.#timer.scheduleRetry(error instanceof FleetbeatError ? error.retryAfter : null);
      if (!this.#lost) this.#markLost(error);
    } else {
      this.#timer.stop();
      this.#abortController.abort(error);
      this.#notify(this.listeners.onError ?? warn, failure);
    }
  }

  #markLost(error: unknown): void {
    this.#lost = true;
    this.#notify(this.listeners.onError ?? warn, { kind: 'lost', error });
  }

  /** A listener that throws is its owner's uncaught error, and not the end of the heartbeats. */
  #notify<T>(listener: ((news: T) => void) | undefined, news: T): void {
    if (listener) queueMicrotask(() => listener(news));
  }
}

const statusUpdate = (status: string | undefined) => (status === undefined ? {} : { status });
const warn = ({ kind, error }: SessionFailure) => console.warn(`Fleetbeat session ${kind}:`, error);
