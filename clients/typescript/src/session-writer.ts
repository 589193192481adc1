/** The writes of one session: one after the other, each a heartbeat. Reports wait here until they can be sent. */
import { type Beat, sanitizeBeat } from './beat.js';
import type { Connection } from './connection.js';
import type { Schemas } from './contract-types.js';
import { FleetbeatError } from './error.js';
import { HeartbeatTimer } from './heartbeat.js';
import type { Sessions } from './operations/sessions.js';
import type { CallOptions } from './options.js';
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

export interface SessionWriterDeps extends Pick<Connection, 'clock' | 'random'> {
  readonly sessions: Pick<Sessions, 'update'>;
}

/** Reports are sent at most this often. */
const BEAT_INTERVAL_MS = 1_000;

export class SessionWriter {
  #report: Report;
  #lost = false;
  /** Reports that were not sent yet, and those that are being sent. */
  #waiting: Beat = {};
  #sending: Beat = {};
  #beatAt = Number.NEGATIVE_INFINITY;
  #cancelBeat: (() => void) | undefined;
  #queued = 0;
  #willRefresh = false;
  readonly #queue: WriteQueue;
  readonly #abortController = new AbortController();
  readonly #timer: HeartbeatTimer;

  constructor(
    private readonly deps: SessionWriterDeps,
    opened: Report,
    private readonly listeners: SessionListeners,
  ) {
    this.#report = opened;
    this.#queue = new WriteQueue(deps.clock);
    this.#timer = new HeartbeatTimer(deps.clock, deps.random, () => this.sendHeartbeat());
    this.#applyReport(opened);
  }

  get report(): Report {
    return this.#report;
  }
  get isLost(): boolean {
    return this.#lost;
  }
  /** Aborts when the server accepts nothing of this session any more. */
  get signal(): AbortSignal {
    return this.#abortController.signal;
  }

  /** Sends the report soon, and with the next heartbeat that gets through if the server is away. Never throws. */
  beat(report: Beat): void {
    if (this.signal.aborted) return;
    this.#waiting = { ...this.#waiting, ...sanitizeBeat(report) };
    if (this.#lost || this.#cancelBeat || this.#queued > 0) return;
    this.#scheduleBeat();
  }

  /** Resolves once every report so far has been stored. */
  async flush(options?: CallOptions): Promise<void> {
    if (this.#queued > 0 || this.#hasReports()) await this.#enqueue({}, options, true);
  }

  /** Sends a change. Its fields replace earlier reports of the same fields; with `withReports` it carries the others. */
  write(change: SessionChange, options?: CallOptions, withReports = false): Promise<Report> {
    this.#waiting = omitFields(this.#waiting, change);
    this.#sending = omitFields(this.#sending, change);
    return this.#enqueue(change, options, withReports);
  }

  /** Asks the server how the session is, unless that is about to happen anyway. */
  refresh(): void {
    if (this.#willRefresh || this.signal.aborted) return;
    this.#willRefresh = true;
    this.sendHeartbeat();
  }

  /** Never while another write is in progress: that one counts as a heartbeat, and sets the timer when it ends. */
  sendHeartbeat(): void {
    this.#enqueue({}, { retries: 0 }, true).catch((error) => {
      if (!this.signal.aborted && !this.#lost) this.#markLost(error);
    });
  }

  /** Sends no heartbeat and no report any more. */
  stop(): void {
    this.#timer.stop();
    this.#cancelBeat?.();
    this.#waiting = {};
  }

  /** In a microtask of its own: a listener that throws must not end the heartbeats. */
  notify(failure: SessionFailure): void {
    queueMicrotask(() => (this.listeners.onError ?? warn)(failure));
  }

  #hasReports(): boolean {
    return Object.keys(this.#waiting).length > 0;
  }

  /** In the background: a report that waits does not keep a Node process running. */
  #scheduleBeat(): void {
    const { clock } = this.deps;
    const waitMs = Math.max(0, this.#beatAt + BEAT_INTERVAL_MS - clock.now());
    const send = () => {
      this.#cancelBeat = undefined;
      this.sendHeartbeat();
    };
    if (waitMs === 0) send();
    else this.#cancelBeat = clock.after(waitMs, send, true);
  }

  async #enqueue(change: SessionChange, options: CallOptions | undefined, withReports: boolean): Promise<Report> {
    this.#queued += 1;
    try {
      return await this.#queue.run((left) => this.#send(change, left, withReports), options);
    } finally {
      this.#queued -= 1;
      if (this.#queued === 0 && this.#hasReports() && !this.#lost && !this.signal.aborted) this.#scheduleBeat();
    }
  }

  async #send(change: SessionChange, options: CallOptions, withReports: boolean): Promise<Report> {
    this.signal.throwIfAborted();
    this.#willRefresh = false;
    this.#timer.pause();
    this.#cancelBeat?.();
    this.#cancelBeat = undefined;
    this.#beatAt = this.deps.clock.now();
    this.#sending = withReports ? this.#waiting : {};
    if (withReports) this.#waiting = {};
    const sent = { ...this.#sending, ...change };
    // A heartbeat repeats the status, which by itself would end the idle time.
    const isHeartbeat = sent.status === undefined && sent.state === undefined;
    const idle = isHeartbeat && this.#report.idle ? { idle: true } : {};
    const update = { status: this.#report.status ?? '', ...idle, ...sent, lastHeartbeat: true };
    try {
      const report = await this.deps.sessions.update(this.#report.sessionId, update, options);
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
    const { onReport } = this.listeners;
    if (onReport) queueMicrotask(() => onReport(report));
  }

  /** Reports that could not be sent wait for the next heartbeat, behind newer ones; those that were refused are dropped. */
  #handleError(error: unknown): void {
    const failure = classifyFailure(error);
    const isRefusal = !failure && error instanceof FleetbeatError;
    if (!isRefusal) this.#waiting = { ...this.#sending, ...this.#waiting };
    if (!failure) this.#timer.scheduleWithin(this.#report.nextHeartbeatInSeconds);
    else if (failure.kind === 'lost') {
      this.#timer.scheduleRetry(error instanceof FleetbeatError ? error.retryAfter : null);
      if (!this.#lost) this.#markLost(error);
    } else {
      this.stop();
      this.#abortController.abort(error);
      this.notify(failure);
    }
  }

  #markLost(error: unknown): void {
    this.#lost = true;
    this.notify({ kind: 'lost', error });
  }
}

const omitFields = (beat: Beat, change: SessionChange): Beat =>
  Object.fromEntries(Object.entries(beat).filter(([name]) => !(name in change)));

const warn = ({ kind, error }: SessionFailure) => console.warn(`Fleetbeat session ${kind}:`, error);
