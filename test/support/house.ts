/** A whole server for tests: listening on a free port, on a database of its own, reached as users reach it. */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { Tier } from '../../server/platform/context.ts';
import { readConfig } from '../../server/config.ts';
import { openHouse } from '../../server/house.ts';
import { createPatientServer } from '../../server/platform/http/slow-clients.ts';
import { openLog } from '../../server/platform/log.ts';
import { newDatabase, type TestDatabase } from './databases.ts';
import { MovableClock } from './movable-clock.ts';
import { recordAnswers } from './recorder.ts';

export interface TestHouse {
  readonly url: string;
  readonly clock: MovableClock;
  readonly database: TestDatabase;
  /** The first operator key. */
  readonly adminKey: string;
  readonly admin: Fleetbeat;
  /** A client with any key. */
  client(key: string): Fleetbeat;
  /** A new program of the main account, with a name that no other test uses, and a client with its key. */
  program(prefix?: string): Promise<{ programId: string; key: string; client: Fleetbeat }>;
  /** A new account of a tier, and a client with its admin key. */
  account(tier: Tier): Promise<{ accountId: string; key: string; client: Fleetbeat }>;
  /** The secret of a one-time link, as the server prints it at its start. */
  offerLink(): Promise<string | null>;
  close(): Promise<void>;
}

export interface TestHouseOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** An existing database, for a second server on it. It is not removed at the end. */
  readonly database?: TestDatabase;
  /** By how many milliseconds the server's clock is ahead from its start on. */
  readonly clockAhead?: number;
  /** False: no job ever runs. */
  readonly jobs?: boolean;
  /** Where its log goes; give a FLEETBEAT_LOG_LEVEL too. */
  readonly logTo?: DestinationStream;
}

export const randomName = (prefix = 'p'): string => `${prefix}-${randomBytes(5).toString('hex')}`;

export async function openTestHouse(options: TestHouseOptions = {}): Promise<TestHouse> {
  const { environment = {}, database: shared, clockAhead = 0, jobs = true, logTo } = options;
  const database = shared ?? (await newDatabase());
  const clock = new MovableClock();
  clock.advance(clockAhead);
  const adminKey = `fb_test-${randomBytes(4).toString('hex')}_${randomBytes(16).toString('hex')}`;
  const config = readConfig({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: adminKey,
    FLEETBEAT_LOG_LEVEL: 'silent',
    FLEETBEAT_RATE_LIMITS: 'off',
    // Receivers of tests are on this machine.
    FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true',
    NODE_ENV: 'test',
    ...environment,
  });
  const house = await openHouse(config, openLog(config.logLevel, logTo), clock);
  const server = createPatientServer(house.app);
  if (jobs) house.startJobs();
  recordAnswers(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = (key: string): Fleetbeat => createFleetbeat({ baseUrl: url, key, retries: 0 });
  const admin = client(adminKey);
  return {
    url,
    clock,
    database,
    adminKey,
    admin,
    client,
    async program(prefix) {
      const programId = randomName(prefix);
      const { key } = await admin.keys.create({ programId });
      return { programId, key, client: client(key) };
    },
    async account(tier) {
      const { accountId, key } = await admin.accounts.create({ name: randomName('account'), tier });
      return { accountId, key, client: client(key) };
    },
    offerLink: () => house.offerLink(),
    async close() {
      await closed(server);
      await house.close();
      if (!shared) await database.remove();
    },
  };
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
