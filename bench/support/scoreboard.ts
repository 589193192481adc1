/** The scoreboard as a value, and as a section of release notes; pure. */
import { formatBound, formatFigure, type Goal, isMet, markdownTable } from './findings.ts';
import type { BenchResult } from './results.ts';

export interface ConformanceTotal {
  readonly revision: string;
  /** With what only the suite needs. */
  readonly fixtures: boolean;
  readonly scenariosPassed: number;
  readonly scenariosExpectedToFail: number;
  readonly scenariosFailed: number;
  readonly checksPassed: number;
}

interface ScoreboardInput {
  readonly version: string;
  readonly linterFindings: number;
  /** As the conformance run has left it; null when there was none. */
  readonly conformance: { readonly totals: readonly ConformanceTotal[] } | null;
  readonly toolList: {
    readonly tools: number;
    readonly bytes: number;
    readonly allTools: number;
    readonly allBytes: number;
  };
  /** The results are of short runs. */
  readonly isRough: boolean;
  readonly results: readonly BenchResult[];
}

export interface Scoreboard extends Omit<ScoreboardInput, 'results'> {
  readonly lostUpdates: readonly { readonly store: string; readonly acknowledged: number; readonly lost: number }[];
  readonly goals: readonly (Goal & { readonly bench: string; readonly isMet: boolean })[];
}

/** The table of `state-writes` that tells of lost updates, by its columns. */
const LOST_UPDATES_COLUMNS = ['Store', 'Acknowledged', 'Lost'];

export function buildScoreboard({ results, ...measured }: ScoreboardInput): Scoreboard {
  const lost = results
    .flatMap(({ tables }) => tables)
    .find(({ columns }) => LOST_UPDATES_COLUMNS.every((name) => columns.includes(name)));
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

/** What follows from the sources alone, whatever machine it is. */
export const formatContract = ({
  linterFindings,
  toolList,
}: Pick<ScoreboardInput, 'linterFindings' | 'toolList'>): string =>
  markdownTable(
    ['Of the contract', 'Found'],
    [
      ['Findings of the linter', linterFindings],
      ['Tools that an agent is shown', `${toolList.tools}, ${formatFigure(toolList.bytes)} bytes`],
      ['Tools in all', `${toolList.allTools}, ${formatFigure(toolList.allBytes)} bytes`],
    ],
  );

/** Null when the suite was not run. */
export const formatConformance = ({ conformance }: Pick<ScoreboardInput, 'conformance'>): string | null =>
  conformance &&
  markdownTable(
    ['MCP conformance', 'Scenarios passed', 'Expected to fail', 'Failed', 'Checks passed'],
    conformance.totals.map((total) => [
      `${total.revision}, ${total.fixtures ? 'with fixtures' : 'as it is'}`,
      total.scenariosPassed,
      total.scenariosExpectedToFail,
      total.scenariosFailed,
      total.checksPassed,
    ]),
  );

/** What the benches found; null when none was run. */
export function formatMeasurements({ lostUpdates, goals, isRough }: Scoreboard): string | null {
  if (goals.length === 0) return null;
  const lost = lostUpdates.map(({ store, acknowledged, lost: gone }) => [
    store,
    `${gone} of ${acknowledged} acknowledged`,
  ]);
  const rows = goals.map((goal) => [
    goal.bench,
    goal.name,
    formatBound(goal),
    goal.value,
    goal.isMet ? 'met' : '**not met**',
  ]);
  return [
    lost.length > 0 ? markdownTable(['Store, 16 writers at once', 'Lost updates'], lost) : 'Lost updates: not run.',
    markdownTable(['Bench', 'Goal', 'Bound', 'Measured', ''], rows),
    ...(isRough ? ['These figures are of short runs, and rough.'] : []),
  ].join('\n\n');
}

export const formatScoreboard = (board: Scoreboard): string =>
  [
    `### Scoreboard of ${board.version}`,
    formatContract(board),
    formatConformance(board) ?? 'MCP conformance: not run.',
    formatMeasurements(board) ?? 'Lost updates and ratios: no bench has been run yet.',
  ].join('\n\n');
