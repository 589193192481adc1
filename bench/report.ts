/** Writes `bench/README.md` and its plots from the results of the last whole runs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { CAUSES, PREFACE } from './support/causes.ts';
import { pageOf, plotName } from './support/page.ts';
import { barsSvg } from './support/plot.ts';
import { keptResults } from './support/results.ts';

const here = (name: string): URL => new URL(name, import.meta.url);
const results = keptResults(false);
rmSync(here('plots'), { recursive: true, force: true });
if (results.some(({ plots }) => plots.length > 0)) mkdirSync(here('plots'));
for (const { bench, plots } of results) {
  for (const [index, plot] of plots.entries()) writeFileSync(here(plotName(bench, index)), barsSvg(plot));
}
writeFileSync(here('README.md'), pageOf(results, PREFACE, CAUSES));
console.log(`bench/README.md: ${results.map(({ bench }) => bench).join(', ') || 'no results yet: run make bench'}`);
