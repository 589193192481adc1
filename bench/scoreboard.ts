/** What this version can show: findings of the linter, conformance, lost updates, ratios, the size of the tool list. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { findings } from '../openapi/bundle.ts';
import { contract, tools } from '../server/contract.ts';
import { keptResults } from './support/results.ts';
import { type Scoreboard, scoreboardOf, scoreboardText } from './support/scoreboard.ts';

const CONFORMANCE = new URL('../.cache/conformance/totals.json', import.meta.url);
const KEPT = new URL('../.cache/scoreboard.json', import.meta.url);

const bytesOf = (listed: readonly unknown[]): number => Buffer.byteLength(JSON.stringify(listed));
const whole = keptResults(false);
const isRough = whole.length === 0;
const board: Scoreboard = scoreboardOf({
  version: (contract['info'] as { version: string }).version,
  linterFindings: await findings(),
  conformance: existsSync(CONFORMANCE) ? JSON.parse(readFileSync(CONFORMANCE, 'utf8')) : null,
  toolList: {
    tools: tools.filter(({ byDefault }) => byDefault).length,
    bytes: bytesOf(tools.filter(({ byDefault }) => byDefault).map(({ tool }) => tool)),
    allTools: tools.length,
    allBytes: bytesOf(tools.map(({ tool }) => tool)),
  },
  isRough,
  results: isRough ? keptResults(true) : whole,
});
mkdirSync(new URL('.', KEPT), { recursive: true });
writeFileSync(KEPT, `${JSON.stringify(board, null, 2)}\n`);
console.log(process.argv.includes('--json') ? JSON.stringify(board, null, 2) : scoreboardText(board));
