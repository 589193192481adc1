/** The composition root: makes every part, hands each what it needs, and takes them down in reverse. */
import type { Express } from 'express';
import { type AdminKey, bootstrap } from './bootstrap.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { contract } from './contract.ts';
import { FleetService } from './fleet/service.ts';
import { createApp } from './http/app.ts';
import { KeyService } from './keys/service.ts';
import type { Log } from './log.ts';
import { openEndpoint } from './mcp/endpoint.ts';
import { originGuard } from './mcp/origins.ts';
import { SessionService } from './sessions/service.ts';
import { StateService } from './state/service.ts';
import { openStore } from './storage/open.ts';

export interface House {
  readonly app: Express;
  readonly adminKey: AdminKey;
  close(): Promise<void>;
}

const version = (contract['info'] as { version: string }).version;

/** Resolves when the database is open and migrated and the first key exists. */
export async function openHouse(config: Config, log: Log, clock: Clock = systemClock): Promise<House> {
  const store = await openStore(config.databaseUrl);
  try {
    const adminKey = await bootstrap(store, clock, config);
    const keys = new KeyService(store, clock);
    const services = {
      clock,
      settings: config,
      version,
      store,
      keys,
      sessions: new SessionService(store, clock, config),
      state: new StateService(store, clock),
      fleet: new FleetService(store, clock, config),
    };
    const mcp = openEndpoint({ keys, guard: originGuard(config.host, config.allowedHosts), log, version });
    const app = createApp({ services, log, checkAnswers: config.checkAnswers, mcp: mcp.mount });
    return {
      app,
      adminKey,
      async close() {
        await mcp.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
