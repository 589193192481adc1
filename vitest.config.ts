import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests of clients, protocols, the process and SQLite's own files: they run on SQLite alone. */
const WHATEVER_DATABASE = [
  'test/behaviour/{cli,hooks,http,mcp}/**',
  'test/behaviour/client/{built-package,examples,published}*',
  'test/behaviour/process/{drain,request-path,settings}*',
  'test/behaviour/storage/sqlite-*',
  'test/contract/content-types*',
];

/** Tests that need a MySQL or MariaDB server. */
const MYSQL_ONLY = [
  'test/behaviour/process/{several-hosts,two-servers-outages}*',
  'test/behaviour/{oauth/races,sessions/sweep-races}*',
  'test/behaviour/storage/{connections,hostile-settings,one-packet,schema,statements,tls}*',
];

/** Contract and behaviour tests run once on each kind of database. */
const onDatabase = (name: 'sqlite' | 'mysql') => ({
  test: {
    name,
    include: ['test/contract/**/*.test.ts', 'test/behaviour/**/*.test.ts'],
    exclude: ['test/contract/document/**', ...(name === 'mysql' ? WHATEVER_DATABASE : MYSQL_ONLY)],
    globalSetup: [`test/support/on-${name}.ts`],
    pool: 'forks' as const,
    // Each file has its own server and database, so files can share imported modules: importing costs more than the tests.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

/** Fault tests of the process and of SQLite's file, which do not depend on the database. */
const FAULTS_WHATEVER_DATABASE = ['test/faults/{disk-full,slow-clients,many-connections}*'];

/** Killing, disconnecting and locking a database server: SQLite has no process, no network and no second writer. */
const FAULTS_OF_A_DATABASE_SERVER = ['test/faults/database-server/**'];

/** Fault injection on a separate server process; one file at a time, because each uses the whole machine. */
const faultsOn = (name: 'sqlite' | 'mysql') => ({
  test: {
    name: `faults-${name}`,
    include: ['test/faults/**/*.test.ts'],
    exclude: name === 'mysql' ? FAULTS_WHATEVER_DATABASE : FAULTS_OF_A_DATABASE_SERVER,
    globalSetup: [`test/support/on-${name}.ts`],
    pool: 'forks' as const,
    maxWorkers: 1,
    sequence: { groupOrder: name === 'sqlite' ? 2 : 3 },
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
  },
});

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const CLIENT_SOURCES = {
  '@fleetbeat/client': here('clients/typescript/src/index.ts'),
  '@fleetbeat/mcp': here('clients/mcp/src/bridge.ts'),
};

export default defineConfig({
  test: {
    // Tests wait for disks and timers more than they use the processor.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        // The clients' sources, so that a fresh clone needs no build for its fast tests.
        resolve: { alias: CLIENT_SOURCES },
        test: {
          name: 'fast',
          include: [
            'server/**/*.test.ts',
            'openapi/**/*.test.ts',
            'clients/**/*.test.ts',
            'bench/**/*.test.ts',
            'scripts/**/*.test.ts',
            'test/mutants/*.test.ts',
            'test/structure/**/*.test.ts',
            'test/contract/document/**/*.test.ts',
          ],
          // Pure functions: what one file imports serves the next in the same worker.
          isolate: false,
          testTimeout: 30_000,
        },
      },
      onDatabase('sqlite'),
      onDatabase('mysql'),
      faultsOn('sqlite'),
      faultsOn('mysql'),
      {
        test: {
          name: 'cluster',
          include: ['test/cluster/**/*.test.ts'],
          pool: 'forks',
          // Alone: it runs three database servers and kills them.
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/on-browser.ts'],
          pool: 'forks',
          // After everything else, one file at a time: there is one browser, and its speed is measured.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
