/** The process: settings → house → listen; on SIGTERM it finishes what it has begun and then leaves. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfigError, readConfig } from './config.ts';
import { openHouse } from './house.ts';
import { type Log, openLog } from './log.ts';
import { welcome } from './welcome.ts';

const DRAIN_MS = 10_000;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = openLog(config.logLevel);
  const house = await openHouse(config, log);
  const server = createServer(house.app);
  await listen(server, config.port, config.host);
  house.startJobs();
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.host, port, database: config.databaseUrl.split(':', 1)[0] }, 'listening');
  if (process.stdout.isTTY || house.adminKey.made) console.log(welcome(config.host, port, house.adminKey));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain(server, house, log));
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

/** Takes no new connections, lets the requests in flight finish, then closes the store. */
async function drain(server: Server, house: { close(): Promise<void> }, log: Log): Promise<void> {
  log.info('stopping');
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(late);
  await house.close();
  log.info('stopped');
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || (error as { code?: string }).code !== undefined;
  console.error(known ? `Fleetbeat did not start.\n${(error as Error).message}` : error);
  process.exitCode = 1;
});
