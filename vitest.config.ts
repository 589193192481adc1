import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The clients' side, the protocols and the process: what database the server has is nothing to them. */
const WHATEVER_DATABASE = [
  'test/behaviour/{cli,hooks,http,mcp}/**',
  'test/behaviour/client/{built-package,examples,published}*',
  'test/behaviour/process/{drain,settings}*',
  'test/contract/content-types*',
];

/** What only a server of the MySQL family can be asked. */
const MYSQL_ONLY = ['test/behaviour/storage/{schema,statements}*'];

/** Everything that talks to a server runs once on each kind of database. */
const onDatabase = (name: 'sqlite' | 'mysql') => ({
  test: {
    name,
    include: ['test/contract/**/*.test.ts', 'test/behaviour/**/*.test.ts'],
    exclude: ['test/contract/document/**', ...(name === 'mysql' ? WHATEVER_DATABASE : MYSQL_ONLY)],
    globalSetup: [`test/support/on-${name}.ts`],
    pool: 'forks' as const,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    // Tests wait for disks and timers more than they compute.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        test: {
          name: 'fast',
          include: [
            'server/**/*.test.ts',
            'openapi/**/*.test.ts',
            'clients/**/*.test.ts',
            'bench/**/*.test.ts',
            'test/structure/**/*.test.ts',
            'test/contract/document/**/*.test.ts',
          ],
          testTimeout: 30_000,
        },
      },
      onDatabase('sqlite'),
      onDatabase('mysql'),
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/support/on-browser.ts'],
          pool: 'forks',
          // After everything else, and one file at a time: there is one browser, and it is measured.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
