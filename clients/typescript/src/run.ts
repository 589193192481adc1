/** A piece of work as a function: its session says how the function ended. */
import { linkAbort } from './abort.js';
import { shorten } from './beat.js';
import { delay, toMilliseconds } from './clock.js';
import type { Schemas } from './contract-types.js';
import { onKillSignal } from './kill-signals.js';
import { type OpenSessionDeps, type SessionOpening, splitOptions } from './open-session.js';
import { Session, type SessionDeps } from './session.js';
import type { SessionListeners } from './session-writer.js';

type Report = Schemas['SessionReport'];

export interface RunOptions {
  /**
   * What SIGTERM and SIGINT do before they end the process: `hand-over` (the default) aborts `run.signal` and asks for a
   * successor, which takes over the claimed tasks; `leave` does nothing.
   */
  readonly onKill?: 'hand-over' | 'leave';
}

/** The name of a session, or all that is known of it at its start. */
export type RunOpening = string | (Schemas['BootRequest'] & SessionOpening & RunOptions);

export interface RunDeps extends OpenSessionDeps {
  /** The program of the key. */
  readonly getProgramId: () => Promise<string | null>;
}

/** How long the end of a failed or killed run waits for the server. */
const LAST_WORDS = { within: '5s' } as const;

export class Run extends Session {
  readonly #link = linkAbort(super.signal);
  #handover: Promise<unknown> | undefined;

  /** Use `fleetbeat.run()`. */
  constructor(
    private readonly runDeps: SessionDeps,
    opened: Report,
    listeners: SessionListeners,
    /** What the program's last run left behind; null for a key without a program. */
    readonly brief: Schemas['Boot'] | null,
  ) {
    super(runDeps, opened, listeners);
    this.listen();
  }

  /** Aborts when another session took over, when the server refuses this one, and when the process is asked to end. */
  override get signal(): AbortSignal {
    return this.#link.signal;
  }

  /** Stops the work and asks for a successor. Resolves when the server knows, or cannot be told. */
  async kill(signal: string): Promise<void> {
    if (this.#isEnded()) return;
    this.#link.abort(new DOMException(`The process received ${signal}`, 'AbortError'));
    this.#handover ??= this.handoff(undefined, LAST_WORDS).catch((error: unknown) =>
      this.notify({ kind: 'not-completed', error }),
    );
    await this.#handover;
  }

  /** Completes the session, unless the work has ended it otherwise. Never rejects: the work itself is done. */
  async succeed(): Promise<void> {
    if (this.#isEnded()) return;
    await this.complete().catch((error: unknown) => this.notify({ kind: 'not-completed', error }));
  }

  /** Says what went wrong, releases the claimed tasks, and lets the next boot take over. Never rejects. */
  async fail(error: unknown): Promise<void> {
    if (this.#isEnded()) return;
    const status = shorten(`Failed: ${error instanceof Error ? error.message : String(error)}`);
    await this.#releaseTasks().catch(() => undefined);
    await this.endWith({ state: 'blocked', status, killed: true }, LAST_WORDS).catch((cause: unknown) =>
      this.notify({ kind: 'not-completed', error: cause }),
    );
  }

  async end(): Promise<void> {
    await this.#handover;
    this.leave();
    await this[Symbol.asyncDispose]();
    this.#link.unlink();
  }

  #isEnded(): boolean {
    return this.isLeftOpen || this.life === 'over' || this.signal.aborted;
  }

  async #releaseTasks(): Promise<void> {
    const { programId, sessionId } = this;
    if (programId === null) return;
    const { tasks } = this.runDeps;
    for await (const { taskId, claimedSession } of tasks.all({ claimedBy: programId }, LAST_WORDS))
      if (claimedSession === sessionId) await tasks.release(taskId, sessionId, LAST_WORDS);
  }
}

/** Opens the session of a run: a boot, if the key has a program. */
export async function openRun(deps: RunDeps, given: Exclude<RunOpening, string>): Promise<Run> {
  const { onKill: _, ...rest } = given;
  const { opening, listeners, options } = splitOptions(rest);
  const programId = await deps.getProgramId();
  if (programId !== null) {
    const brief = await deps.programs.boot(programId, opening, options);
    return new Run(deps, brief.session, listeners, brief);
  }
  const { maxTokens: _unused, ...session } = opening;
  return new Run(deps, await deps.sessions.create(session, options), listeners, null);
}

/** From now on; a run that is being opened is waited for, because the server may have it already. */
export function handOverWhenKilled(
  { clock }: RunDeps,
  { onKill }: RunOptions,
  getRun: () => Promise<Run | null>,
): () => void {
  if (onKill === 'leave') return () => undefined;
  return onKillSignal(async (signal) => {
    const limit = delay(clock, toMilliseconds(LAST_WORDS.within), new AbortController().signal);
    const run = await Promise.race([getRun().catch(() => null), limit]);
    await run?.kill(signal);
  });
}

/** Resolves with the work's result, or rejects with its error, untouched. */
export async function runSession<Result>(
  deps: RunDeps,
  given: RunOpening,
  work: (run: Run) => Result | Promise<Result>,
): Promise<Result> {
  const opening = typeof given === 'string' ? { name: given } : given;
  const opened = openRun(deps, opening);
  const stopListening = handOverWhenKilled(deps, opening, () => opened);
  const run = await opened.catch((error: unknown) => {
    stopListening();
    throw error;
  });
  try {
    const result = await work(run);
    await run.succeed();
    return result;
  } catch (error) {
    await run.fail(error);
    throw error;
  } finally {
    await run.end();
    stopListening();
  }
}
