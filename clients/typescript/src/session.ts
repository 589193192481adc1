/** A session as an object: it sends its own heartbeats, and says when something is wrong. */
import type { CallOptions, Connection } from './connection.js';
import { FleetbeatError } from './error.js';
import { HeartbeatTimer } from './heartbeat.js';
import type { Sessions } from './operations/sessions.js';
import type { State } from './operations/state.js';
import type { Schemas, WriteOptions } from './shapes.js';
import { type Trouble, troubleOf } from './trouble.js';

type Report = Schemas['SessionReport'];
/** A session's update; the status stays as it is when it is omitted. */
export type SessionChange = Partial<Omit<Schemas['SessionUpdate'], 'sessionId' | 'lastHeartbeat'>>;

export interface SessionListeners {
  /** Called with what each answer of the server says: pending tasks and messages, handoff advised, paused. */
  readonly onReport?: (report: Report) => void;
  /** Called when heartbeats do not get through, and when they end. Without it the console is warned. */
  readonly onTrouble?: (trouble: Trouble) => void;
}

export interface SessionParts extends Pick<Connection, 'clock' | 'random'> {
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
  #kept = false;
  #last: Promise<unknown> = Promise.resolve();
  readonly #end = new AbortController();
  readonly #timer: HeartbeatTimer;

  /** Use `fleetbeat.session()` or `fleetbeat.boot()`. */
  constructor(
    private readonly parts: SessionParts,
    opened: Report,
    private readonly listeners: SessionListeners,
  ) {
    this.#report = opened;
    this.#timer = new HeartbeatTimer(parts.clock, parts.random, () => this.#beat());
    this.#took(opened);
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
    return this.#end.signal;
  }

  /** Tells how it goes; a text alone is a new status. Counts as a heartbeat. */
  update(change: SessionChange | string, options?: CallOptions): Promise<Report> {
    return this.#send(typeof change === 'string' ? { status: change } : change, options);
  }
  progress(percent: number, status?: string): Promise<Report> {
    return this.update({ progress: percent, ...said(status) });
  }
  /** Waits for somebody: the question becomes the status (at most 200 characters). */
  block(question: string): Promise<Report> {
    return this.update({ state: 'blocked', status: question });
  }
  /** Works on after `block`. */
  resume(status?: string): Promise<Report> {
    return this.update({ state: 'working', ...said(status) });
  }
  /** Ends the session well, and its heartbeats. */
  complete(status?: string): Promise<Report> {
    return this.update({ state: 'complete', ...said(status) });
  }
  /** Writes what the program must remember, in this session's name: a session that was superseded is refused. */
  async remember(
    update: Omit<Schemas['ProgramStateUpdate'], 'sessionId'>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenState']> {
    const { programId, sessionId } = this;
    if (programId === null) throw new TypeError('The session belongs to no program, so it has no state to write.');
    return this.parts.state.update(programId, { ...update, sessionId }, options);
  }
  /**
   * Asks for a successor and leaves it notes. The session goes on, and is not completed when it is disposed of: the
   * program's next boot ends it and takes over what it holds.
   */
  async handoff(notes?: string | Schemas['ContextSummaryUpdate']): Promise<Report> {
    if (notes !== undefined)
      await this.remember({ contextSummary: typeof notes === 'string' ? { handoffNotes: notes } : notes });
    const report = await this.update({ handoffRequired: true });
    this.#kept = true;
    return report;
  }
  /** Ends the heartbeats and leaves the session as it is: it reads stale after a while. Disposing then sends nothing. */
  leave(): void {
    this.#kept = true;
    this.#timer.end();
  }

  /** Completes the session, unless it was left, handed over, completed, or is over. Rejects when that cannot be told. */
  async [Symbol.asyncDispose](): Promise<void> {
    try {
      if (!this.#kept && this.life !== 'over' && this.#report.state !== 'complete') await this.complete();
    } catch (error) {
      if (this.life !== 'over') throw error;
    } finally {
      this.leave();
    }
  }

  /** Never while another write is under way: that one is a heartbeat itself, and sets the timer when it ends. */
  #beat(): void {
    this.#send({}, { retries: 0 }).catch((error) => {
      if (this.life === 'alive') this.#lose(error);
    });
  }

  #send(change: SessionChange, options?: CallOptions): Promise<Report> {
    const sent = this.#last.then(() => this.#write(change, options));
    this.#last = sent.catch(() => undefined);
    return sent;
  }

  async #write(change: SessionChange, options?: CallOptions): Promise<Report> {
    this.signal.throwIfAborted();
    this.#timer.pause();
    const update = { status: this.#report.status ?? '', ...change, lastHeartbeat: true };
    try {
      const report = await this.parts.sessions.update(this.sessionId, update, options);
      this.#took(report);
      return report;
    } catch (error) {
      this.#failed(error);
      throw error;
    }
  }

  #took(report: Report): void {
    this.#report = report;
    this.#lost = false;
    if (report.state !== 'complete') this.#timer.within(report.nextHeartbeatInSeconds);
    this.#tell(this.listeners.onReport, report);
  }

  #failed(error: unknown): void {
    const trouble = troubleOf(error);
    if (!trouble) this.#timer.within(this.#report.nextHeartbeatInSeconds);
    else if (trouble.kind === 'lost') {
      this.#timer.again(error instanceof FleetbeatError ? error.retryAfter : null);
      if (!this.#lost) this.#lose(error);
    } else {
      this.#timer.end();
      this.#end.abort(error);
      this.#tell(this.listeners.onTrouble ?? warn, trouble);
    }
  }

  #lose(error: unknown): void {
    this.#lost = true;
    this.#tell(this.listeners.onTrouble ?? warn, { kind: 'lost', error });
  }

  /** A listener that throws is its owner's uncaught error, and not the end of the heartbeats. */
  #tell<T>(listener: ((news: T) => void) | undefined, news: T): void {
    if (listener) queueMicrotask(() => listener(news));
  }
}

const said = (status: string | undefined) => (status === undefined ? {} : { status });
const warn = ({ kind, error }: Trouble) => console.warn(`Fleetbeat session ${kind}:`, error);
