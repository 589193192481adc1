/** The composition root: makes every part, hands each what it needs, and takes them down in reverse. */
import type { Express } from 'express';
import { AccountService } from './accounts/service.ts';
import { AuditService } from './audit/service.ts';
import { type AdminKey, bootstrap } from './bootstrap.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { contract } from './contract.ts';
import { FleetService } from './fleet/service.ts';
import { createApp } from './http/app.ts';
import { startJobs } from './jobs/job.ts';
import { jobsOf } from './jobs/jobs.ts';
import { Leases } from './jobs/lease.ts';
import { KeyRing } from './keys/key-ring.ts';
import { KeyService } from './keys/service.ts';
import type { Log } from './log.ts';
import { openEndpoint } from './mcp/endpoint.ts';
import { originGuard } from './mcp/origins.ts';
import { ProgramService } from './programs/service.ts';
import { SessionService } from './sessions/service.ts';
import { StateHistoryService } from './state/history-service.ts';
import { PatternService } from './state/pattern-service.ts';
import { StateService } from './state/service.ts';
import { StateTransferService } from './state/transfer-service.ts';
import { openStore } from './storage/open.ts';

export interface House {
  readonly app: Express;
  readonly adminKey: AdminKey;
  /** Starts the jobs; the house stops them when it closes. Listen first: no request waits for a job. */
  startJobs(): void;
  close(): Promise<void>;
}

const version = (contract['info'] as { version: string }).version;

/** Resolves when the database is open and migrated and the first key exists. */
export async function openHouse(config: Config, log: Log, clock: Clock = systemClock): Promise<House> {
  const store = await openStore(config.databaseUrl);
  try {
    const adminKey = await bootstrap(store, clock, config);
    const ring = new KeyRing(store, clock);
    const services = {
      clock,
      settings: config,
      version,
      store,
      ring,
      accounts: new AccountService(store, clock, ring),
      programs: new ProgramService(store, clock),
      keys: new KeyService(store, clock, ring),
      sessions: new SessionService(store, clock, config),
      state: new StateService(store, clock),
      patterns: new PatternService(store, clock),
      stateHistory: new StateHistoryService(store, clock),
      stateTransfer: new StateTransferService(store, clock),
      fleet: new FleetService(store, clock, config),
      leases: new Leases(store, clock),
      audit: new AuditService(store, clock),
    };
    const mcp = openEndpoint({ ring, guard: originGuard(config.host, config.allowedHosts), log, version });
    const app = createApp({ services, log, checkAnswers: config.checkAnswers, mcp: mcp.mount });
    let jobs: { stop(): Promise<void> } | undefined;
    return {
      app,
      adminKey,
      startJobs() {
        jobs ??= startJobs(jobsOf({ store, clock, settings: config, ring }), services.leases, log);
      },
      async close() {
        await jobs?.stop();
        await ring.writeUses();
        await mcp.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
