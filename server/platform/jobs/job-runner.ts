/** Runs the background jobs of a server. */
import { setMaxListeners } from 'node:events';
import type { Log } from '../log.ts';
import type { Leases } from './lease.ts';
import type { RenewLease } from './run-in-pages.ts';

export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** True when only one process at a time may run it. */
  readonly leased: boolean;
  /** Runs once. */
  run(renew: RenewLease): Promise<void>;
}

/** Runs each job repeatedly, `everyMs` after its previous run ended. A failed run is logged; the next one comes as usual. */
export function startJobs(jobs: readonly Job[], leases: Leases, log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  // One for each job.
  setMaxListeners(0, stopping.signal);
  const loops = jobs.map((job) => runLoop(job, leases, log, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function runLoop(job: Job, leases: Leases, log: Log, stopping: AbortSignal): Promise<void> {
  while (await sleep(job.everyMs, stopping)) {
    try {
      await runOnce(job, leases, stopping);
    } catch (error) {
      log.error({ err: error, job: job.name }, 'job failed');
    }
  }
}

async function runOnce(job: Job, leases: Leases, stopping: AbortSignal): Promise<void> {
  if (!job.leased) return job.run(async () => !stopping.aborted);
  const renew = async () => !stopping.aborted && (await leases.acquire(job.name));
  if (!(await renew())) return;
  await job.run(renew);
  if (!stopping.aborted) await leases.release(job.name);
}

/** True after the time; false, at once, when the server stops. */
const sleep = (ms: number, stopping: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (stopping.aborted) return resolve(false);
    const timer = setTimeout(() => {
      stopping.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve(false);
    };
    stopping.addEventListener('abort', stop, { once: true });
  });
