/**
 * The pure files: what they decide needs no database, clock or network, so a fast test can notice every change of them.
 * As git's pathspecs.
 */
export const PURE_FILES = [
  'server/domains/*/rules.ts',
  'server/domains/boot/brief.ts',
  'server/domains/boot/fit-parts.ts',
  'server/domains/boot/token-budget.ts',
  'server/domains/messages/ownership.ts',
  'server/domains/sessions/context-rise.ts',
  'server/domains/sessions/creation-rules.ts',
  'server/domains/sessions/liveness.ts',
  'server/domains/sessions/mass-silence.ts',
  'server/domains/state/diff.ts',
  'server/domains/state/merge.ts',
  'server/domains/state/pattern-rules.ts',
  'server/domains/state/text-search.ts',
  'server/platform/cursor.ts',
  'server/platform/fair-pool.ts',
  'server/platform/secret.ts',
  'server/platform/events/rules.ts',
  'server/platform/http/inexact-numbers.ts',
  'server/platform/limits/address.ts',
  'server/platform/limits/limiter.ts',
  'server/platform/uptime/time-estimate.ts',
  'clients/typescript/src/pages.ts',
  'clients/typescript/src/retry.ts',
  'clients/typescript/src/stoppable.ts',
  'clients/typescript/src/with-retries.ts',
  'clients/typescript/src/webhooks.ts',
  'clients/typescript/src/fleet/duration.ts',
  'clients/typescript/src/fleet/needs.ts',
  'clients/typescript/src/fleet/visible-text.ts',
  'clients/cli/src/connect/insert-json.ts',
  'clients/cli/src/hook/context-use.ts',
  'clients/cli/src/hook/handover.ts',
  'clients/cli/src/hook/memory-text.ts',
  'clients/cli/src/mcp/session-argument.ts',
];

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './test/stryker/problem-texts.mjs'],
  ignorers: ['problem-texts'],
  vitest: { configFile: 'test/stryker/vitest.config.ts' },
  coverageAnalysis: 'perTest',
  // Constants of a module would run every test for each change; the contract and the behaviour tests hold their values.
  ignoreStatic: true,
  concurrency: 2,
  // A time-out counts as noticed, so it must mean an endless loop and not a busy machine.
  timeoutMS: 30_000,
  reporters: ['clear-text', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, allowEmojis: false },
  jsonReporter: { fileName: '.cache/stryker/report.json' },
  tempDirName: '.cache/stryker/sandbox',
  ignorePatterns: ['dist', 'data', 'test/*/node_modules'],
  thresholds: { high: 95, low: 90, break: 90 },
};
