import { defineConfig } from 'vitest/config';

/** Everything that talks to a server runs once on each kind of database. */
const onDatabase = (name: 'sqlite' | 'mysql') => ({
  test: {
    name,
    include: ['test/contract/**/*.test.ts', 'test/behaviour/**/*.test.ts'],
    // The command line and the hooks are on the client's side; what database the server has is nothing to them.
    exclude: ['test/contract/document/**', ...(name === 'mysql' ? ['test/behaviour/{cli,hooks}/**'] : [])],
    globalSetup: [`test/support/on-${name}.ts`],
    pool: 'forks' as const,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
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
