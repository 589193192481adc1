/** Everything that opens sessions; loaded when the first one is opened. */

import type { Schemas } from './contract-types.js';
import { EventHub } from './event-hub.js';
import type { EventOptions, FleetEvent } from './events.js';
import type { ProgramId } from './generated/types.js';
import { type BootedSession, bootSession, openSession, type SessionOpening } from './open-session.js';
import { type Run, type RunDeps, type RunOpening, runSession } from './run.js';
import type { Session } from './session.js';
import { type Work, type WorkOptions, workOnTasks } from './work.js';

export interface SessionOpeners {
  /**
   * Opens a session that sends its own heartbeats until the end of the block. Complete it with `session.complete()`:
   * `await using session = await fleetbeat.session({ name })`.
   */
  session(opening: Schemas['SessionCreate'] & SessionOpening): Promise<Session>;
  /** Starts a run of a program: a session that sends its own heartbeats, and in `brief` what the last run left behind. */
  boot(programId: ProgramId, opening: Schemas['BootRequest'] & SessionOpening): Promise<BootedSession>;
  /**
   * Does a piece of work in a session of its own, and resolves or rejects as the work does. A result completes the session; an
   * error reads "Failed: …", releases the claimed tasks and lets the next run take over. Boots the key's program, if it has
   * one, with `run.brief`.
   */
  run<Result>(opening: RunOpening, work: (run: Run) => Result | Promise<Result>): Promise<Result>;
  /**
   * Works on the program's tasks, as they come, until `signal` aborts. Each is claimed by this worker alone; an error
   * releases it. Above 60 % of the context the run is handed over and a new one booted.
   */
  work(options: WorkOptions, work: Work): Promise<void>;
}

type OpenersDeps = Omit<RunDeps, 'hub'>;
type Follow = (options: EventOptions) => AsyncGenerator<FleetEvent, void, undefined>;

export function createOpeners(apis: OpenersDeps, follow: Follow): SessionOpeners {
  const deps = { ...apis, hub: new EventHub(follow) };
  return {
    session: (opening) => openSession(deps, opening),
    boot: (programId, opening) => bootSession(deps, programId, opening),
    run: (opening, work) => runSession(deps, opening, work),
    work: (options, work) => workOnTasks(deps, options, work),
  };
}
