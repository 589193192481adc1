/**
 * What this version can show: findings of the linter, conformance, lost updates, ratios, the size of the tool list. It is
 * printed and put into the release notes; there, what was not run this time stays as it was, and rough figures never go.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { RELEASE_NOTES, readContractFigures } from './support/contract-figures.ts';
import { replaceSections } from './support/release-notes.ts';
import { loadResults } from './support/results.ts';
import {
  buildScoreboard,
  formatConformance,
  formatContract,
  formatMeasurements,
  formatScoreboard,
  type Scoreboard,
} from './support/scoreboard.ts';

const CONFORMANCE_FILE = new URL('../.cache/conformance/totals.json', import.meta.url);
const SCOREBOARD_FILE = new URL('../.cache/scoreboard.json', import.meta.url);

const fullResults = loadResults(false);
const isRough = fullResults.length === 0;
const board: Scoreboard = buildScoreboard({
  ...(await readContractFigures()),
  conformance: existsSync(CONFORMANCE_FILE) ? JSON.parse(readFileSync(CONFORMANCE_FILE, 'utf8')) : null,
  isRough,
  results: isRough ? loadResults(true) : fullResults,
});
mkdirSync(new URL('.', SCOREBOARD_FILE), { recursive: true });
writeFileSync(SCOREBOARD_FILE, `${JSON.stringify(board, null, 2)}\n`);
const parts = {
  contract: formatContract(board),
  conformance: formatConformance(board),
  measured: isRough ? null : formatMeasurements(board),
};
writeFileSync(RELEASE_NOTES, replaceSections(readFileSync(RELEASE_NOTES, 'utf8'), parts));
console.log(process.argv.includes('--json') ? JSON.stringify(board, null, 2) : formatScoreboard(board));
