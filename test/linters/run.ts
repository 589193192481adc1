/**
 * Lints the contract with the tools of other projects: Redocly's strict rules and its score for agents, and Spectral's OWASP
 * rules. `npm ci` installs them here on the first run. Fails for any finding, and for a score below the minimum.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MIN_SCORE = 90;
/** The linters could not be installed, so nothing was checked. */
const NOT_RUN_EXIT_CODE = 77;
const folder = fileURLToPath(new URL('.', import.meta.url));
const document = fileURLToPath(new URL('../../openapi/generated/openapi.json', import.meta.url));

const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 300_000,
  });

try {
  if (!existsSync(`${folder}node_modules`)) run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
} catch {
  console.log('\n!!! NOT RUN: the linters of the contract. This registry does not give them.');
  process.exit(NOT_RUN_EXIT_CODE);
}

run('node_modules/.bin/redocly', 'lint', '--extends=recommended-strict', document);
console.log("Redocly's strict rules: no findings");

const { agentReadiness } = JSON.parse(run('node_modules/.bin/redocly', 'score', '--format=json', document)) as {
  agentReadiness: number;
};
console.log(`Redocly's agent readiness: ${agentReadiness} of 100`);
if (agentReadiness < MIN_SCORE) throw new Error(`The score must be at least ${MIN_SCORE}`);

const severity = ['--fail-severity=hint', '--quiet'];
run('node_modules/.bin/spectral', 'lint', '--ruleset=owasp.yaml', ...severity, document);
console.log("Spectral's OWASP rules: no findings beside those that owasp.yaml argues");
