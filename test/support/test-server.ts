/** A complete server for tests: on a free port and a database of its own, used over HTTP. */
import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DestinationStream } from 'pino';
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import { createAppContext } from '../../server/app-context.ts';
import { readConfig } from '../../server/config.ts';
import { createHttpServer } from '../../server/platform/http/http-server.ts';
import { createLogger } from '../../server/platform/log.ts';
import type { Tier } from '../../server/platform/principal.ts';
import { recordResponses } from './response-recorder.ts';
import { TestClock } from './test-clock.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

export interface TestServer {
  readonly url: string;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  /** The first operator key. */
  readonly adminKey: string;
  readonly admin: Fleetbeat;
  /** A client with this key. */
  client(key: string): Fleetbeat;
  /** A new program of the main account, with a unique name, and a client with its key. */
  createProgram(prefix?: string): Promise<{ programId: string; key: string; client: Fleetbeat }>;
  /** A new account of a tier, and a client with its admin key. */
  createAccount(tier: Tier): Promise<{ accountId: string; key: string; client: Fleetbeat }>;
  /** The code of an invitation like the one that the server prints as a link at its start. */
  createOperatorInvitation(): Promise<string | null>;
  close(): Promise<void>;
}

export interface TestServerOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** An existing database, for a second server on it. It is not removed at the end. */
  readonly database?: TestDatabase;
  /** How far the server's clock is ahead from the start, in milliseconds. */
  readonly clockOffsetMs?: number;
  /** False: no job ever runs. */
  readonly jobs?: boolean;
  /** Destination of its log; set FLEETBEAT_LOG_LEVEL too. */
  readonly logDestination?: DestinationStream;
}

export const randomName = (prefix = 'p'): string => `${prefix}-${randomBytes(5).toString('hex')}`;

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { environment = {}, database: sharedDatabase, clockOffsetMs = 0, jobs = true, logDestination } = options;
  const database = sharedDatabase ?? (await createTestDatabase());
  const clock = new TestClock();
  clock.advance(clockOffsetMs);
  const adminKey = `fb_test-${randomBytes(4).toString('hex')}_${randomBytes(16).toString('hex')}`;
  const config = readConfig({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: adminKey,
    FLEETBEAT_LOG_LEVEL: 'silent',
    FLEETBEAT_RATE_LIMITS: 'off',
    // Test receivers are on this machine.
    FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true',
    NODE_ENV: 'test',
    ...environment,
  });
  const appContext = await createAppContext(config, createLogger(config.logLevel, logDestination), clock);
  const server = createHttpServer(appContext.app);
  if (jobs) appContext.startJobs();
  recordResponses(server);
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
    async createProgram(prefix) {
      const programId = randomName(prefix);
      const { key } = await admin.keys.create({ programId });
      return { programId, key, client: client(key) };
    },
    async createAccount(tier) {
      const { accountId, key } = await admin.accounts.create({ name: randomName('account'), tier });
      return { accountId, key, client: client(key) };
    },
    createOperatorInvitation: () => appContext.createOperatorInvitation(),
    async close() {
      await closeHttpServer(server);
      await appContext.close();
      if (!sharedDatabase) await database.remove();
    },
  };
}

const closeHttpServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
