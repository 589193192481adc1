/** A session as an object: it sends its own heartbeats, and reports when something is wrong. */
import type { Connection } from './connection.js';
import type { Schemas } from './contract-types.js';
import { FleetbeatError } from './error.js';
import { HeartbeatTimer } from './heartbeat.js';
import type { Sessions } from './operations/sessions.js';
import type { State } from './operations/state.js';
import type { CallOptions, WriteOptions } from './options.js';
import { classifyFailure, type SessionFailure } from './session-failure.js';
import { WriteQueue } from './write-queue.js';

type Report = Schemas['SessionReport'];
/** An update of a session; without a status the status stays as it is. */
export type SessionChange = Partial<Omit<Schemas['SessionUpdate'], 'sessionId' | 'lastHeartbeat'>>;

export interface SessionListeners {
  /** Called with each answer of the server: pending tasks and messages, handoff advised, paused. */
  readonly onReport?: (report: Report) => void;
  /** Called when heartbeats do not get through, and when they end. Without it, failures go to console.warn. */
  readonly onError?: (failure: SessionFailure) => void;
}

export interface SessionDeps extends Pick<Connection, 'clock' | 'random'> {
  readonly sessions: Pick<Sessions, 'update'>;
  readonly state: Pick<State, 'update'>;
}

/**
 * Heartbeats follow the server's `nextHeartbeatInSeconds`. A session's writes are sent one after the other, so that no
 * heartbeat overtakes or overwrites an update. `await using` completes the session at the end of the block.
 */
export class Session implements AsyncDisposable {
  #report: Report;
  #lost = false;
  #leftOpen = false;
  #disposed = false;
  readonly #queue: WriteQueue;
  readonly #abortController = new AbortController();
  readonly #timer: HeartbeatTimer;

  /** Use `fleetbeat.session()` or `fleetbeat.boot()`. */
  constructor(
    private readonly deps: SessionDeps,
    opened: Report,
    private readonly listeners: SessionListeners,
  ) {
    this.#report = opened;
    this.#queue = new WriteQueue(deps.clock);
    this.#timer = new HeartbeatTimer(deps.clock, deps.random, () => this.#sendHeartbeat());
    this.#applyReport(opened);
  }

  get sessionId(): string {
    return this.#report.sessionId;
  }
  get programId(): string | null {
    return this.#report.programId;
  }
  /** The session, and what waits for its program, as of the server's last answer. */
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
  /** `lost` while the server cannot be reached; `over` once it is complete, disposed of, superseded or refused. */
  get life(): 'alive' | 'lost' | 'over' {
    if (this.signal.aborted || this.#disposed || this.#report.state === 'complete') return 'over';
    return this.#lost ? 'lost' : 'alive';
  }
  /** Aborts when another session took over or the server refuses this one: pass it to whatever must then stop. */
  get signal(): AbortSignal {
    return this.#abortController.signal;
  }

  /** Reports progress; a string is a new status. Counts as a heartbeat. Rejects once the session is disposed of. */
  async update(change: SessionChange | string, options?: CallOptions): Promise<Report> {
    if (this.#disposed) throw new TypeError('The session was disposed of and sends no updates: open another one.');
    return this.#enqueueWrite(typeof change === 'string' ? { status: change } : change, options);
  }
  /** Reports how much is done, 0 to 100. */
  progress(percent: number, status?: string, options?: CallOptions): Promise<Report> {
    return this.update({ progress: percent, ...statusUpdate(status) }, options);
  }
  /** Waits for a person: the question becomes the status (at most 200 characters). */
  block(question: string, options?: CallOptions): Promise<Report> {
    return this.update({ state: 'blocked', status: question }, options);
  }
  /** Continues after `block`. */
  resume(status?: string, options?: CallOptions): Promise<Report> {
    return this.update({ state: 'working', ...statusUpdate(status) }, options);
  }
  /** Ends the turn and waits for the person, until the next update with a status or state: silence is no sign of trouble then. */
  idle(status?: string, options?: CallOptions): Promise<Report> {
    return this.update({ idle: true, ...statusUpdate(status) }, options);
  }
  /** Completes the session and ends its heartbeats. */
  complete(status?: string, options?: CallOptions): Promise<Report> {
    return this.update({ state: 'complete', ...statusUpdate(status) }, options);
  }
  /** Writes to the program's state in this session's name: a superseded session is rejected. */
  async remember(
    update: Omit<Schemas['ProgramStateUpdate'], 'sessionId'>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenState']> {
    const { programId, sessionId } = this;
    if (programId === null) throw new TypeError('The session belongs to no program, so it has no state to write.');
    return this.deps.state.update(programId, { ...update, sessionId }, options);
  }
  /**
   * Leaves notes and requests a successor. The session continues, and disposing of it does not complete it: the program's
   * next boot ends it and takes over what it holds.
   */
  async handoff(notes?: string | Schemas['ContextSummaryUpdate']): Promise<Report> {
    if (notes !== undefined)
      await this.remember({ contextSummary: typeof notes === 'string' ? { handoffNotes: notes } : notes });
    const report = await this.update({ handoffRequired: true });
    this.#leftOpen = true;
    return report;
  }
  /** Ends the heartbeats and leaves the session as it is: it becomes stale after a while. Disposing then sends nothing. */
  leave(): void {
    this.#leftOpen = true;
    this.#timer.stop();
  }

  /**
   * Completes the session, unless it was left, handed over, or is over; no update is accepted afterwards. Never rejects,
   * because that would hide the error that ended the block: `onError` receives `not-completed`. Call `complete()` to
   * handle that yourself.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const mustComplete = !this.#leftOpen && this.life !== 'over';
    this.#disposed = true;
    try {
      if (mustComplete) await this.#enqueueWrite({ state: 'complete' });
    } catch (error) {
      if (!this.signal.aborted) this.#notify(this.listeners.onError ?? warn, { kind: 'not-completed', error });
    } finally {
      this.leave();
    }
  }

  /** Never while another write is in progress: that one counts as a heartbeat, and sets the timer when it ends. */
  #sendHeartbeat(): void {
    this.#enqueueWrite({}, { retries: 0 }).catch((error) => {
      if (this.life === 'alive') this.#markLost(error);
    });
  }

  #enqueueWrite(change: SessionChange, options?: CallOptions): Promise<Report> {
    return this.#queue.run((left) => this.#write(change, left), options);
  }

  async #write(change: SessionChange, options: CallOptions): Promise<Report> {
    this.signal.throwIfAborted();
    this.#timer.pause();
    // A heartbeat repeats the status, which by itself would end the idle time.
    const isHeartbeat = change.status === undefined && change.state === undefined;
    const idle = isHeartbeat && this.#report.idle ? { idle: true } : {};
    const update = { status: this.#report.status ?? '', ...idle, ...change, lastHeartbeat: true };
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

  /** In a microtask of its own: a listener that throws must not end the heartbeats. */
  #notify<T>(listener: ((news: T) => void) | undefined, news: T): void {
    if (listener) queueMicrotask(() => listener(news));
  }
}

const statusUpdate = (status: string | undefined) => (status === undefined ? {} : { status });
const warn = ({ kind, error }: SessionFailure) => console.warn(`Fleetbeat session ${kind}:`, error);
