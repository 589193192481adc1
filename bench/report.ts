/** Writes `bench/README.md` and its plots from the results of the last whole runs. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { renderBars } from './support/plot.ts';
import { plotName, renderReport } from './support/render-report.ts';
import { CAUSES, PREFACE } from './support/report-text.ts';
import { loadResults } from './support/results.ts';

const resolveHere = (name: string): URL => new URL(name, import.meta.url);
const results = loadResults(false);
rmSync(resolveHere('plots'), { recursive: true, force: true });
if (results.some(({ plots }) => plots.length > 0)) mkdirSync(resolveHere('plots'));
for (const { bench, plots } of results) {
  for (const [index, plot] of plots.entries()) writeFileSync(resolveHere(plotName(bench, index)), renderBars(plot));
}
writeFileSync(resolveHere('README.md'), renderReport(results, PREFACE, CAUSES));
console.log(`bench/README.md: ${results.map(({ bench }) => bench).join(', ') || 'no results yet: run make bench'}`);
