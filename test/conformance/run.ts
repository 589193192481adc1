/**
 * Runs the official MCP conformance suite against the built server, in both generations of the protocol: scenarios without
 * fixtures against the plain server, then all scenarios against the server with fixtures, then those for authorization servers.
 * Expected failures and their reasons are in `expected-*.yml`; the run fails when one of them passes or another scenario fails.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { startServerProcess } from '../support/server-process.ts';
import { startAuthenticatingProxy } from './authenticating-proxy.ts';
import { prepareAuthorizationRun } from './authorization.ts';
import { withFixtures } from './fixtures.ts';
import { CONFORMANCE_FOLDER, installSuites, type Revision, type Suite } from './install-suites.ts';

/** The suite could not be installed, so nothing was tested. */
const NOT_RUN_EXIT_CODE = 77;
const KEY = 'fb_conformance_0123456789abcdef0123456789abcdef';
/** The metadata of the authorization server, and the authorization code with PKCE. */
const AUTHORIZATION_SCENARIOS = 2;
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The scenarios that need no fixtures. */
const WITHOUT_FIXTURES: Readonly<Record<Revision, readonly string[]>> = {
  '2025-11-25': [
    'server-initialize',
    'ping',
    'tools-list',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
  ],
  '2026-07-28': [
    'tools-list',
    'resources-list',
    'prompts-list',
    'server-sse-multiple-streams',
    'dns-rebinding-protection',
    'sep-2164-resource-not-found',
    'http-header-validation',
    'caching',
  ],
};

/** A server on a database of its own. */
interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

async function plainServer(folder: string): Promise<RunningServer> {
  const environment = { DATABASE_URL: `sqlite:${folder}/plain.db`, FLEETBEAT_ADMIN_KEY: KEY };
  const server = await startServerProcess({ ...environment, FLEETBEAT_LOG_LEVEL: 'info' });
  return { url: server.url, close: () => server.kill() };
}

/** The built server in this process, because fixtures can't be enabled from outside. */
async function serverWithFixtures(folder: string): Promise<RunningServer> {
  const importBuilt = async (path: string) => import(here(`../../dist/server/${path}.js`));
  const { createAppContext } = (await importBuilt('app-context')) as typeof import('../../server/app-context.ts');
  const { readConfig } = (await importBuilt('config')) as typeof import('../../server/config.ts');
  const { createLogger } = (await importBuilt('platform/log')) as typeof import('../../server/platform/log.ts');
  const { systemClock } = (await importBuilt('platform/clock')) as typeof import('../../server/platform/clock.ts');
  const config = readConfig({ DATABASE_URL: `sqlite:${folder}/fixtures.db`, FLEETBEAT_ADMIN_KEY: KEY });
  const appContext = await createAppContext(config, createLogger('silent'), systemClock, withFixtures);
  const server = createServer(appContext.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await appContext.close();
    },
  };
}

interface Outcome {
  readonly scenario: string;
  readonly passed: number;
  readonly failed: number;
}

/** Runs the suite once. Prints its output when a result is unexpected. */
async function runSuite({ node, script }: Suite, args: readonly string[], onOutput?: (output: string) => void) {
  const results = mkdtempSync(join(tmpdir(), 'fleetbeat-conformance-'));
  const child = spawn(node, [script, ...args, '-o', results], { cwd: CONFORMANCE_FOLDER });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
      onOutput?.(output);
    });
  }
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) console.log(output);
  const outcomes = readdirSync(results, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('checks.json'))
    .map((path) => toOutcome(path, JSON.parse(readFileSync(join(results, path), 'utf8'))));
  rmSync(results, { recursive: true });
  return { isAsExpected: code === 0, outcomes };
}

function toOutcome(path: string, checks: readonly { readonly status: string }[]): Outcome {
  const scenario = /(?:^|\/)(?:authorization-)?server-(.+?)-\d{4}-\d\d-\d\dT/.exec(path)?.[1] ?? path;
  const count = (...statuses: string[]) => checks.filter(({ status }) => statuses.includes(status)).length;
  return { scenario, passed: count('SUCCESS'), failed: count('FAILURE', 'WARNING') };
}

interface Total {
  readonly revision: Revision;
  readonly fixtures: boolean;
  readonly scenariosPassed: number;
  readonly scenariosExpectedToFail: number;
  readonly scenariosFailed: number;
  /** Extensions, and scenarios that the suite's reference server fails: run but not required. */
  readonly notRequired: number;
  readonly checksPassed: number;
}

function countTotals(
  { revision, script }: Suite,
  fixtures: boolean,
  outcomes: readonly Outcome[],
  expected: readonly string[],
): Total {
  const optional = readNotRequired(revision, script);
  const failed = outcomes.filter((outcome) => outcome.failed > 0 || outcome.passed === 0);
  const counted = failed.filter(({ scenario }) => !optional.includes(scenario));
  return {
    revision,
    fixtures,
    scenariosPassed: outcomes.length - failed.length,
    scenariosExpectedToFail: counted.filter(({ scenario }) => expected.includes(scenario)).length,
    scenariosFailed: counted.filter(({ scenario }) => !expected.includes(scenario)).length,
    notRequired: failed.length - counted.length,
    checksPassed: outcomes.reduce((sum, { passed }) => sum + passed, 0),
  };
}

/** From the suite's own list for the revision, if it has one. */
function readNotRequired(revision: Revision, script: string): string[] {
  const file = join(dirname(script), '..', 'requirements', `${revision}.yaml`);
  if (!existsSync(file)) return [];
  const { not_scored: entries } = parse(readFileSync(file, 'utf8')) as { not_scored: { scenario: string }[] };
  return entries.map(({ scenario }) => scenario);
}

/** The scenarios for authorization servers, of both revisions; only the newer release of the suite has them. */
async function runAuthorization(suiteList: readonly Suite[], url: string): Promise<boolean> {
  const suite = suiteList.find(({ revision }) => revision === '2026-07-28');
  if (!suite) return false;
  let isAsExpected = true;
  for (const { revision } of suiteList) {
    const prepared = await prepareAuthorizationRun(url, KEY, revision);
    const run = await runSuite(suite, prepared.args, prepared.onOutput);
    for (const { scenario, passed, failed } of run.outcomes)
      console.log(`authorization, ${revision}: ${scenario}: ${passed} checks passed, ${failed} failed`);
    // A scenario that was skipped has no passed check.
    const passed = run.outcomes.filter((outcome) => outcome.passed > 0 && outcome.failed === 0);
    if (prepared.failure() !== null) console.log(`The browser failed: ${prepared.failure()}`);
    isAsExpected &&= run.isAsExpected && prepared.failure() === null && passed.length === AUTHORIZATION_SCENARIOS;
  }
  return isAsExpected;
}

async function main(): Promise<void> {
  let suiteList: Suite[];
  try {
    suiteList = installSuites();
  } catch (error) {
    console.log(`\n!!! NOT RUN: the conformance suite. ${(error as Error).message}`);
    process.exitCode = NOT_RUN_EXIT_CODE;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-conformance-data-'));
  const servers = [await plainServer(folder), await serverWithFixtures(folder)] as const;
  const [plain, fixtures] = await Promise.all(servers.map(({ url }) => startAuthenticatingProxy(url, KEY)));
  const totals: Total[] = [];
  let isAsExpected = true;
  try {
    for (const suite of suiteList) {
      const { revision } = suite;
      const outcomes: Outcome[] = [];
      for (const scenario of WITHOUT_FIXTURES[revision]) {
        const which = ['--scenario', scenario, ...(revision === '2026-07-28' ? ['--spec-version', revision] : [])];
        const run = await runSuite(suite, ['server', '--url', plain?.url ?? '', ...which]);
        isAsExpected &&= run.isAsExpected;
        outcomes.push(...run.outcomes);
      }
      totals.push(countTotals(suite, false, outcomes, []));
      const file = here(`expected-${revision}.yml`);
      const { server: expected } = parse(readFileSync(file, 'utf8')) as { server: string[] };
      const all = revision === '2026-07-28' ? ['--requirements', revision] : ['--suite', 'all'];
      const whole = await runSuite(suite, [
        'server',
        '--url',
        fixtures?.url ?? '',
        ...all,
        '--expected-failures',
        file,
      ]);
      isAsExpected &&= whole.isAsExpected;
      totals.push(countTotals(suite, true, whole.outcomes, expected));
    }
    isAsExpected = (await runAuthorization(suiteList, servers[0].url)) && isAsExpected;
  } finally {
    for (const each of [plain, fixtures]) each?.close();
    for (const each of servers) await each.close();
    rmSync(folder, { recursive: true });
  }
  console.table(totals);
  process.exitCode = isAsExpected ? 0 : 1;
}

await main();
