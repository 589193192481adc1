/**
 * What this version can show: findings of the linter, conformance, lost updates, ratios, the size of the tool list. It is
 * printed and put into the release notes; there, what was not run this time stays as it was, and rough figures never go.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { contractBoard, NOTES } from './support/contract-board.ts';
import { withParts } from './support/release-notes.ts';
import { keptResults } from './support/results.ts';
import {
  conformanceText,
  contractText,
  measuredText,
  type Scoreboard,
  scoreboardOf,
  scoreboardText,
} from './support/scoreboard.ts';

const CONFORMANCE = new URL('../.cache/conformance/totals.json', import.meta.url);
const KEPT = new URL('../.cache/scoreboard.json', import.meta.url);

const whole = keptResults(false);
const isRough = whole.length === 0;
const board: Scoreboard = scoreboardOf({
  ...(await contractBoard()),
  conformance: existsSync(CONFORMANCE) ? JSON.parse(readFileSync(CONFORMANCE, 'utf8')) : null,
  isRough,
  results: isRough ? keptResults(true) : whole,
});
mkdirSync(new URL('.', KEPT), { recursive: true });
writeFileSync(KEPT, `${JSON.stringify(board, null, 2)}\n`);
const parts = {
  contract: contractText(board),
  conformance: conformanceText(board),
  measured: isRough ? null : measuredText(board),
};
writeFileSync(NOTES, withParts(readFileSync(NOTES, 'utf8'), parts));
console.log(process.argv.includes('--json') ? JSON.stringify(board, null, 2) : scoreboardText(board));
