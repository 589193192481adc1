/** A session as an object: it sends its own heartbeats, and reports when something is wrong. */

import { raceAbort } from './abort.js';
import { type Answer, type AskOptions, askQuestion } from './ask.js';
import type { Beat } from './beat.js';
import type { Schemas } from './contract-types.js';
import type { SessionId } from './generated/types.js';
import type { Questions } from './operations/questions.js';
import type { State } from './operations/state.js';
import type { CallOptions, WriteOptions } from './options.js';
import type { SessionFailure } from './session-failure.js';
import { type NewsDeps, type SessionEvents, SessionNews } from './session-news.js';
import { type SessionChange, type SessionListeners, SessionWriter, type SessionWriterDeps } from './session-writer.js';
import {
  type SessionMessages,
  type SessionPatterns,
  type SessionTasks,
  type SessionWriteDeps,
  sessionMessages,
  sessionPatterns,
  sessionTasks,
} from './session-writes.js';

type Report = Schemas['SessionReport'];

export interface SessionDeps extends SessionWriterDeps, SessionWriteDeps, NewsDeps {
  readonly state: Pick<State, 'update'>;
  readonly questions: Pick<Questions, 'ask' | 'get' | 'withdraw'>;
}

/** How long the end of a block waits for reports that were not sent yet. */
const LAST_FLUSH_MS = 5_000;

/**
 * Heartbeats follow the server's `nextHeartbeatInSeconds`. A session's writes are sent one after the other, so that no
 * heartbeat overtakes or overwrites an update. `await using` ends the heartbeats at the end of the block; only
 * `complete()` completes the session, because the end of a block does not show whether the work was done.
 */
export class Session implements AsyncDisposable {
  readonly tasks: SessionTasks;
  readonly messages: SessionMessages;
  #leftOpen = false;
  #disposed = false;
  readonly #writer: SessionWriter;
  readonly #news: SessionNews;

  /** Use `fleetbeat.session()`, `fleetbeat.boot()` or `fleetbeat.run()`. */
  constructor(
    private readonly deps: SessionDeps,
    opened: Report,
    listeners: SessionListeners,
  ) {
    const onReport = (report: Report) => {
      this.#news.applyReport(report);
      listeners.onReport?.(report);
    };
    this.#writer = new SessionWriter(deps, opened, { ...listeners, onReport });
    const { sessionId, programId } = opened;
    this.tasks = sessionTasks(deps, sessionId);
    this.messages = sessionMessages(deps, sessionId);
    this.#news = new SessionNews(deps, { sessionId, programId, refresh: () => this.#writer.refresh() });
    this.#writer.signal.addEventListener('abort', () => this.#news.close());
  }

  get sessionId(): SessionId {
    return this.report.sessionId;
  }
  get programId(): string | null {
    return this.report.programId;
  }
  /** The session, and what waits for its program, as of the server's last answer. */
  get report(): Report {
    return this.#writer.report;
  }
  get pendingTasks(): number {
    return this.report.pendingTasks;
  }
  get pendingMessages(): number {
    return this.report.pendingMessages;
  }
  /** More than 60 % of the context window is in use: hand over soon. */
  get handoffAdvised(): boolean {
    return this.report.handoffAdvised;
  }
  /** A person asked the program to pause. */
  get paused(): boolean {
    return this.report.programPaused;
  }
  /** `lost` while the server cannot be reached; `over` once it is complete, disposed of, superseded or refused. */
  get life(): 'alive' | 'lost' | 'over' {
    if (this.#writer.signal.aborted || this.#disposed || this.report.state === 'complete') return 'over';
    return this.#writer.isLost ? 'lost' : 'alive';
  }
  /** Aborts when another session took over or the server refuses this one: pass it to whatever must then stop. */
  get signal(): AbortSignal {
    return this.#writer.signal;
  }

  /**
   * Reports how the work goes, and never throws, waits or rejects. At most one report is sent each second, with the newest
   * value of each field. In an outage it is kept, and sent in one request when the server is back. Impossible values are
   * corrected: a long status is cut, a progress of 101 is 100.
   */
  beat(report: Beat): void {
    if (this.life !== 'over') this.#writer.beat(report);
  }
  /** Resolves once everything that `beat` reported is stored; rejects when that is not possible in time. */
  flush(options?: CallOptions): Promise<void> {
    return this.#writer.flush(options);
  }
  /** Updates the session and resolves with the server's answer. Rejects once the session is disposed of. */
  async update(change: SessionChange | string, options?: CallOptions): Promise<Report> {
    return this.#write(typeof change === 'string' ? { status: change } : change, options);
  }
  /** Waits for a person, with the reason as status (at most 200 characters). To get an answer, use `ask`. */
  block(reason: string, options?: CallOptions): Promise<Report> {
    return this.update({ state: 'blocked', status: reason }, options);
  }
  /** Continues after `block`. */
  resume(status?: string, options?: CallOptions): Promise<Report> {
    return this.update({ state: 'working', ...statusUpdate(status) }, options);
  }
  /** Ends the turn and waits for the person, until the next update with a status or state: silence is no sign of trouble then. */
  idle(status?: string, options?: CallOptions): Promise<Report> {
    return this.update({ idle: true, ...statusUpdate(status) }, options);
  }
  /** Completes the session, with the last reports, and ends its heartbeats. */
  async complete(status?: string, options?: CallOptions): Promise<Report> {
    return this.#write({ state: 'complete', ...statusUpdate(status) }, options, true);
  }
  /**
   * Asks a person and resolves with their answer; the session is blocked meanwhile. Survives outages. Rejects with
   * the problem `question-closed` when nobody has answered in time, and when `signal` or the session's own signal aborts.
   */
  ask(question: string, options?: AskOptions): Promise<Answer> {
    return askQuestion(this.deps, this, question, options);
  }
  /**
   * Calls the listener with news, until the returned function is called. Listening opens the client's stream of events, so
   * that they arrive within a second; it stays open, and keeps a Node process running, until the session ends.
   */
  on<Name extends keyof SessionEvents>(name: Name, listener: (news: SessionEvents[Name]) => void): () => void {
    if (this.life !== 'over') this.#news.open();
    return this.#news.on(name, listener);
  }
  /** Resolves at once, or as soon as a paused program may go on; rejects when the session's signal aborts. */
  async whenResumed(): Promise<void> {
    if (!this.paused) return;
    let stop: (() => void) | undefined;
    const resumed = new Promise<unknown>((resolve) => {
      stop = this.on('resume', resolve);
    });
    await raceAbort(resumed, this.signal).finally(() => stop?.());
  }
  /** Writes to the program's state in this session's name: a superseded session is rejected. */
  async remember(
    update: Omit<Schemas['ProgramStateUpdate'], 'sessionId'>,
    options?: WriteOptions,
  ): Promise<Schemas['WrittenState']> {
    return this.deps.state.update(this.#requireProgram(), { ...update, sessionId: this.sessionId }, options);
  }
  /** The learned patterns of the session's program. Throws a `TypeError` when it belongs to none. */
  get patterns(): SessionPatterns {
    return sessionPatterns(this.deps, this.#requireProgram(), this.sessionId);
  }
  /**
   * Leaves notes and requests a successor. The session continues: the program's next boot ends it and takes over what it
   * holds.
   */
  async handoff(notes?: string | Schemas['ContextSummaryUpdate'], options?: CallOptions): Promise<Report> {
    if (notes !== undefined)
      await this.remember({ contextSummary: typeof notes === 'string' ? { handoffNotes: notes } : notes }, options);
    const report = await this.#write({ handoffRequired: true }, options, true);
    this.#leftOpen = true;
    return report;
  }
  /** Ends the heartbeats and leaves the session as it is: it becomes stale after a while. */
  leave(): void {
    this.#leftOpen = true;
    this.#writer.stop();
    this.#news.close();
  }

  /** Whether it was handed over or left: then somebody else ends it. */
  protected get isLeftOpen(): boolean {
    return this.#leftOpen;
  }
  protected notify(failure: SessionFailure): void {
    this.#writer.notify(failure);
  }
  /** A last update, with the reports that were not sent yet: no heartbeat comes after it. */
  protected endWith(change: SessionChange, options: CallOptions): Promise<Report> {
    this.#news.close();
    return this.#write(change, options, true).finally(() => this.leave());
  }
  protected listen(): void {
    this.#news.open();
  }

  /**
   * Ends the heartbeats, after the last reports. Never rejects, because that would hide the error that ended the block. A
   * session that was neither completed nor handed over nor left goes on reading as it did until it becomes stale, and
   * `onError` receives `not-completed`.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.life !== 'over') {
      const error = await this.flush({ within: LAST_FLUSH_MS }).catch((reason: unknown) => reason);
      if (!this.#leftOpen && !this.#writer.signal.aborted) {
        const untold = error ?? new Error('The block ended without complete(), handoff() or leave()');
        this.notify({ kind: 'not-completed', error: untold });
      }
    }
    this.#disposed = true;
    this.leave();
  }

  #requireProgram(): string {
    if (this.programId === null) throw new TypeError('The session belongs to no program, so it has no state to write.');
    return this.programId;
  }

  async #write(change: SessionChange, options?: CallOptions, withReports = false): Promise<Report> {
    if (this.#disposed) throw new TypeError('The session was disposed of and sends no updates: open another one.');
    return this.#writer.write(change, options, withReports);
  }
}

const statusUpdate = (status: string | undefined) => (status === undefined ? {} : { status });
