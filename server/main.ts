/** The process: settings → house → listen; on SIGTERM or SIGINT it finishes what it has begun and then leaves. */
import { nameSources } from './own-maps.ts';

// Everything else comes after that.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Config, ConfigError, readConfig } from './config.ts';
import { drainOnSignal } from './drain.ts';
import { openHouse } from './house.ts';
import { createPatientServer } from './platform/http/slow-clients.ts';
import { answerUnreadable } from './platform/http/unreadable.ts';
import { openLog } from './platform/log.ts';
import { databaseFailure, listenFailure } from './start-failure.ts';
import { welcome } from './welcome.ts';

/** What it was told to do cannot be done here. Its message is for a person and needs no stack. */
class StartError extends Error {}

async function main(): Promise<void> {
  nameSources();
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  const house = await openHouse(config, log).catch(explained(databaseFailure, config));
  // Before anybody can end this process: a first key that was made is shown in any case.
  const link = await house.offerLink().catch((error: unknown) => {
    log.warn({ err: error }, 'no link to sign in by could be made');
    return null;
  });
  const server = createPatientServer(house.app);
  answerUnreadable(server);
  await listen(server, config).catch(async (error: unknown) => {
    await house.close();
    return explained(listenFailure, config)(error);
  });
  const { port } = server.address() as AddressInfo;
  house.startJobs();
  drainOnSignal(server, house, log);
  const { place } = house.adminKey;
  log.info({ host: config.host, port, database: config.databaseUrl.split(':', 1)[0], operatorKey: place }, 'listening');
  // To standard error: standard output holds the log and nothing else. A reader that went away stops neither.
  process.stderr.on('error', () => undefined);
  console.error(welcome(config.host, port, house.adminKey, link));
}

const listen = (server: Server, { port, host }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

const explained =
  (wordsFor: (error: unknown, config: Config) => string | null, config: Config) =>
  (error: unknown): never => {
    const words = error instanceof ConfigError ? null : wordsFor(error, config);
    throw words ? new StartError(words) : error;
  };

main().catch((error: unknown) => {
  const isForPerson = error instanceof ConfigError || error instanceof StartError;
  console.error(`Fleetbeat did not start.\n\n${isForPerson ? indented(error.message) : (error as Error).stack}\n`);
  process.exitCode = 1;
});

const indented = (text: string): string => text.replace(/^/gm, '  ');
