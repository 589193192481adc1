/** The scoreboard as a value, and as a section of release notes; pure. */
import { boundOf, figure, type Goal, isMet, markdownTable } from './findings.ts';
import type { Kept } from './results.ts';

interface Measured {
  readonly version: string;
  readonly linterFindings: number;
  /** As the conformance run has left it; null when there was none. */
  readonly conformance: Readonly<Record<string, unknown>> | null;
  readonly toolList: {
    readonly tools: number;
    readonly bytes: number;
    readonly allTools: number;
    readonly allBytes: number;
  };
  /** The results are of short runs. */
  readonly isRough: boolean;
  readonly results: readonly Kept[];
}

export interface Scoreboard extends Omit<Measured, 'results'> {
  readonly lostUpdates: readonly { readonly store: string; readonly acknowledged: number; readonly lost: number }[];
  readonly goals: readonly (Goal & { readonly bench: string; readonly isMet: boolean })[];
}

/** The table of `state-writes` that tells of lost updates, by its columns. */
const LOST = ['Store', 'Acknowledged', 'Lost'];

export function scoreboardOf({ results, ...measured }: Measured): Scoreboard {
  const lost = results
    .flatMap(({ tables }) => tables)
    .find(({ columns }) => LOST.every((name) => columns.includes(name)));
  const cell = (row: readonly (string | number)[], name: string) => row[lost?.columns.indexOf(name) ?? -1];
  return {
    ...measured,
    lostUpdates: (lost?.rows ?? []).map((row) => ({
      store: String(cell(row, 'Store')),
      acknowledged: Number(cell(row, 'Acknowledged')),
      lost: Number(cell(row, 'Lost')),
    })),
    goals: results.flatMap(({ bench, goals }) => goals.map((goal) => ({ bench, ...goal, isMet: isMet(goal) }))),
  };
}

export function scoreboardText(board: Scoreboard): string {
  const { version, linterFindings, conformance, toolList, lostUpdates, goals, isRough } = board;
  const facts = [
    ['Findings of the linter on the contract', linterFindings],
    ['MCP conformance', conformance ? told(conformance) : 'not run'],
    ['Tools listed by default', `${toolList.tools}, ${figure(toolList.bytes)} bytes`],
    ['Tools in all', `${toolList.allTools}, ${figure(toolList.allBytes)} bytes`],
    ...lostUpdates.map(({ store, acknowledged, lost }) => [
      `Lost updates, ${store}`,
      `${lost} of ${acknowledged} acknowledged`,
    ]),
    ...(lostUpdates.length === 0 ? [['Lost updates', 'not run']] : []),
  ];
  const rows = goals.map((goal) => [
    goal.bench,
    goal.name,
    boundOf(goal),
    goal.value,
    goal.isMet ? 'met' : '**not met**',
  ]);
  return [
    `### Scoreboard of ${version}`,
    markdownTable(['What', 'Measured'], facts as (string | number)[][]),
    rows.length > 0 ? markdownTable(['Bench', 'Goal', 'Bound', 'Measured', ''], rows) : 'No bench has been run yet.',
    ...(isRough && rows.length > 0 ? ['These figures are of short runs, and rough.'] : []),
  ].join('\n\n');
}

/** `passed 40, failed 0` */
const told = (totals: Readonly<Record<string, unknown>>): string =>
  Object.entries(totals)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
