/** The process: config → app context → listen; SIGTERM or SIGINT → drain. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAppContext, version } from './app-context.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { drainOnSignal } from './drain.ts';
import { createHttpServer } from './platform/http/http-server.ts';
import { handleMalformedRequests } from './platform/http/malformed-requests.ts';
import { createLogger } from './platform/log.ts';
import { explainDatabaseError, explainListenError } from './startup-errors.ts';
import { formatWelcome } from './welcome.ts';

/** The environment prevents the start. Its message is for a person and needs no stack. */
class StartError extends Error {}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLogger(config.logLevel);
  const appContext = await createAppContext(config, log).catch(rethrowExplained(explainDatabaseError, config));
  // Before signals are handled: a first key that was just created must be shown in any case.
  const invitation = await appContext.createOperatorInvitation().catch((error: unknown) => {
    log.warn({ err: error }, 'no sign-in link could be created');
    return null;
  });
  const server = createHttpServer(appContext.app);
  handleMalformedRequests(server);
  await listen(server, config).catch(async (error: unknown) => {
    await appContext.close();
    return rethrowExplained(explainListenError, config)(error);
  });
  const { port } = server.address() as AddressInfo;
  appContext.startJobs();
  drainOnSignal(server, appContext, log);
  const { location } = appContext.adminKey;
  log.info(
    { host: config.host, port, database: config.databaseUrl.split(':', 1)[0], operatorKey: location },
    'listening',
  );
  // To standard error: standard output is for log lines only. A closed pipe must stop neither.
  process.stderr.on('error', () => undefined);
  console.error(formatWelcome({ host: config.host, port, version }, appContext.adminKey, invitation));
}

const listen = (server: Server, { port, host }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

const rethrowExplained =
  (explain: (error: unknown, config: Config) => string | null, config: Config) =>
  (error: unknown): never => {
    const explanation = error instanceof ConfigError ? null : explain(error, config);
    throw explanation ? new StartError(explanation) : error;
  };

main().catch((error: unknown) => {
  const isUserFacing = error instanceof ConfigError || error instanceof StartError;
  console.error(`Fleetbeat did not start.\n\n${isUserFacing ? indent(error.message) : (error as Error).stack}\n`);
  process.exitCode = 1;
});

const indent = (text: string): string => text.replace(/^/gm, '  ');
