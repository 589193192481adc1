/** Renders the results as `bench/README.md`. Pure. */
import { GOAL_COLUMNS, goalRows, isMet, markdownTable } from './findings.ts';
import type { Machine } from './machine.ts';
import type { BenchResult } from './results.ts';

/** `causes` explains, for each bench, why it misses goals, as Markdown. */
export function renderReport(
  results: readonly BenchResult[],
  preface: string,
  causes: Readonly<Record<string, string>>,
): string {
  return [
    preface.trim(),
    renderMachines(results),
    ...results.map((result) => renderBench(result, causes[result.bench])),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function renderMachines(results: readonly BenchResult[]): string {
  if (results.length === 0) return 'No bench has been run yet.';
  const rows = results.map(({ bench, at, quick, seconds, machine }) => [
    bench,
    `${at.slice(0, 16).replace('T', ' ')} UTC`,
    quick ? 'quick' : 'whole',
    seconds,
    machine.diskSyncMs,
    machine.load,
    formatMachine(machine),
  ]);
  return `## Machine

Everything of a bench runs on one machine together: the load generator, the servers, the databases. Ratios of one bench
compare; milliseconds of different machines do not.

${markdownTable(['Bench', 'When', 'Run', 'Seconds', 'Disk sync, ms', 'Load', 'Machine'], rows)}

A disk sync is the median of 50 writes of 4 kB, each with an fsync. The load is how many processes wanted to run on
average during the last minute of the bench.`;
}

const formatMachine = ({ cores, processor, memoryGb, system, node }: Machine): string =>
  `${cores} cores (${processor}), ${memoryGb} GB, ${system}, Node ${node}`;

function renderBench({ bench, question, tables, goals, notes }: BenchResult, causes: string | undefined): string {
  const missedGoals = goals.filter((goal) => !isMet(goal));
  const parts = [
    `## ${bench}`,
    question,
    ...tables.map(({ title, columns, rows }) => `**${title}**\n\n${markdownTable(columns, rows)}`),
    goals.length > 0 ? markdownTable(GOAL_COLUMNS, goalRows(goals)) : '',
    missedGoals.length > 0 ? `**Why not all is met.** ${causes ?? 'No cause has been found yet.'}` : '',
    notes.join(' '),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}
