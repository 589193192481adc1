/** A worker: claims the program's tasks, does them, and starts anew before its context is full. */
import { linkAbort } from './abort.js';
import { delay } from './clock.js';
import type { Schemas } from './contract-types.js';
import { FleetbeatError, isProblem } from './error.js';
import { backOffMs } from './retry.js';
import { handOverWhenKilled, openRun, type Run, type RunDeps, type RunOpening } from './run.js';
import { classifyFailure, type SessionFailure } from './session-failure.js';

type Task = Schemas['Task'];

export interface WorkOptions extends Exclude<RunOpening, string> {
  /** How many tasks are worked on at the same time; 1 by default. */
  readonly concurrency?: number;
  /** Called when a task was released because its work threw, or when its outcome could not be stored. */
  readonly onTaskError?: (error: unknown, task: Task) => void;
}

export type TaskOutcome = Omit<Schemas['TaskCompletion'], 'sessionId'>;

/** Does a task. Its result is stored as the task's outcome; nothing means `succeeded`. An error releases the task. */
export type Work = (task: Task, run: Run) => Promise<TaskOutcome | undefined> | Promise<void>;

/** An outcome outlives longer outages than other writes: the work is done. */
const PATIENT = { within: '10m' } as const;

/** Resolves once `signal` aborts and the tasks in progress have ended. Rejects when the server refuses the session. */
export async function workOnTasks(deps: RunDeps, options: WorkOptions, work: Work): Promise<void> {
  const { concurrency = 1, onTaskError = warn, signal, ...opening } = options;
  const stop = linkAbort(signal);
  /** What this worker failed at is for others: it would fail again at once. */
  const failed = new Set<string>();
  let opened: Promise<Run | null> = Promise.resolve(null);
  const killed = new AbortController();
  const stopListening = handOverWhenKilled(deps, opening, () => {
    killed.abort();
    return opened;
  });
  try {
    while (!killed.signal.aborted) {
      opened = openWhenReachable(deps, { ...opening, signal: stop.signal }, killed.signal);
      const run = await opened;
      if (!run) return;
      try {
        await new Shift(deps, run, { concurrency, onTaskError, failed, work, signal: stop.signal }).end;
        if (run.signal.aborted) throw run.signal.reason;
        if (stop.signal.aborted) await run.succeed();
        else await run.handoff(undefined, PATIENT);
      } finally {
        await run.end();
      }
    }
  } finally {
    stopListening();
    stop.unlink();
  }
}

/** A worker that is started before its server waits for it; null when it is stopped meanwhile. */
async function openWhenReachable(
  deps: RunDeps,
  opening: WorkOptions & { readonly signal: AbortSignal },
  killed: AbortSignal,
): Promise<Run | null> {
  const { signal } = opening;
  for (let failures = 0; !signal.aborted && !killed.aborted; failures += 1) {
    try {
      return await openRun(deps, opening);
    } catch (error) {
      if (signal.aborted) break;
      if (classifyFailure(error)?.kind !== 'lost') throw error;
      (opening.onError ?? warnLost)({ kind: 'lost', error });
      await delay(deps.clock, backOffMs(failures, deps.random, 1_000, 30_000), signal).catch(() => undefined);
    }
  }
  return null;
}

interface ShiftOptions {
  readonly concurrency: number;
  readonly onTaskError: (error: unknown, task: Task) => void;
  readonly failed: Set<string>;
  readonly work: Work;
  /** Claims nothing more when it aborts. */
  readonly signal: AbortSignal;
}

/** One run of a worker, from its boot until it should be handed over or stopped. */
class Shift {
  /** Resolves when no task is in progress and none should be claimed any more. */
  readonly end: Promise<void>;
  readonly #active = new Map<string, Promise<void>>();
  #wake: () => void = () => undefined;
  #mayHaveTasks = true;

  constructor(
    private readonly deps: RunDeps,
    private readonly run: Run,
    private readonly options: ShiftOptions,
  ) {
    this.end = this.#work();
  }

  async #work(): Promise<void> {
    const { run, options } = this;
    const wake = () => {
      this.#mayHaveTasks = true;
      this.#wake();
    };
    const stops = [
      run.on('task', wake),
      run.on('resume', wake),
      run.on('report', ({ pendingTasks }) => pendingTasks > 0 && wake()),
    ];
    const onAbort = () => this.#wake();
    run.signal.addEventListener('abort', onAbort);
    options.signal.addEventListener('abort', onAbort);
    await this.#resumeClaimed();
    while (!this.#isOver()) {
      const changed = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      if (this.#mayHaveTasks && this.#hasRoom()) await this.#claimTasks();
      if (this.#isOver()) break;
      await changed;
    }
    await Promise.allSettled(this.#active.values());
    for (const each of stops) each();
    options.signal.removeEventListener('abort', onAbort);
  }

  #isOver(): boolean {
    return this.options.signal.aborted || this.run.signal.aborted || this.run.handoffAdvised;
  }

  #hasRoom(): boolean {
    return !this.run.paused && this.#active.size < this.options.concurrency;
  }

  /** The tasks that the run before had claimed are this one's now. */
  async #resumeClaimed(): Promise<void> {
    const { run, deps } = this;
    if (run.programId === null) throw new TypeError('The key belongs to no program, so it has no tasks to work on.');
    for await (const { taskId, claimedSession } of deps.tasks.all({ claimedBy: run.programId }, PATIENT))
      if (claimedSession === run.sessionId) this.#start(await deps.tasks.get(taskId, PATIENT));
  }

  async #claimTasks(): Promise<void> {
    const { run, deps, options } = this;
    this.#mayHaveTasks = false;
    try {
      for await (const { taskId } of deps.tasks.all({ target: run.programId ?? '' }, { signal: run.signal })) {
        if (this.#isOver() || !this.#hasRoom()) {
          this.#mayHaveTasks = true;
          return;
        }
        if (options.failed.has(taskId) || this.#active.has(taskId)) continue;
        const task = await deps.tasks.claim(taskId, run.sessionId, { signal: run.signal }).catch(nullIfTaken);
        if (task) this.#start(task);
      }
    } catch {
      // The server is away, or the run is over: the next heartbeat that gets through says whether tasks wait.
    }
  }

  #start(task: Task): void {
    const done = this.#do(task).finally(() => {
      this.#active.delete(task.taskId);
      this.#wake();
    });
    this.#active.set(task.taskId, done);
  }

  async #do(task: Task): Promise<void> {
    const { run, deps, options } = this;
    try {
      const outcome = ((await options.work(task, run)) || undefined) ?? { outcome: 'succeeded' as const };
      await this.#complete(task, outcome);
      // Whether to hand over depends on the context use that the work has reported.
      await run.flush().catch(() => undefined);
    } catch (error) {
      // Killed or superseded: the claim is the successor's.
      if (run.signal.aborted) return;
      options.failed.add(task.taskId);
      await deps.tasks.release(task.taskId, run.sessionId).catch(() => undefined);
      options.onTaskError(error, task);
    }
  }

  /** In a long outage the claim lapses: nobody else has the task yet if it can be claimed again. */
  async #complete({ taskId }: Task, outcome: TaskOutcome): Promise<void> {
    const { tasks } = this.deps;
    const { sessionId } = this.run;
    const complete = () => tasks.complete(taskId, { ...outcome, sessionId }, PATIENT);
    await complete().catch(async (error: unknown) => {
      if (!isProblem(error, 'claim-lapsed')) throw error;
      await tasks.claim(taskId, sessionId, PATIENT);
      await complete();
    });
  }
}

/** Another one was faster, or the task has ended otherwise. */
function nullIfTaken(error: unknown): null {
  if (error instanceof FleetbeatError && (error.status === 409 || error.status === 404)) return null;
  throw error;
}

const warnLost = ({ error }: SessionFailure) => console.warn('Fleetbeat worker waits for its server:', error);
const warn = (error: unknown, { taskId, title }: Task) =>
  console.warn(`Fleetbeat task ${taskId} (${title}) was released:`, error);
