/** Writes `bench/README.md` from the results of the last complete runs. */
import { writeFileSync } from 'node:fs';
import { renderReport } from './support/render-report.ts';
import { CAUSES, PREFACE } from './support/report-text.ts';
import { loadResults } from './support/results.ts';

const results = loadResults();
writeFileSync(new URL('README.md', import.meta.url), renderReport(results, PREFACE, CAUSES));
console.log(`bench/README.md: ${results.map(({ bench }) => bench).join(', ') || 'no results yet: run make bench'}`);
