/** The findings of a bench, tables and goals, and their rendering as text. Pure. */

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Goal {
  readonly name: string;
  /** The measurement, in the unit of the bound. */
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Findings {
  readonly question: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  /** Versions and durability of the databases. */
  readonly notes: readonly string[];
}

export const isMet = ({ value, atLeast, atMost }: Goal): boolean =>
  value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);

/** `≥ 1.6` */
export const formatBound = ({ atLeast, atMost }: Goal): string =>
  [atLeast === undefined ? [] : `≥ ${atLeast}`, atMost === undefined ? [] : `≤ ${atMost}`].flat().join(', ');

/** Three significant figures, thousands apart: 0.123, 12.3, 12,300. */
export function formatFigure(value: string | number): string {
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return '–';
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: digits });
}

/** The table as Markdown with aligned columns, readable as plain text too. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [columns, ...rows].map((row) => row.map(formatFigure));
  const widths = columns.map((_, index) => Math.max(3, ...cells.map((row) => (row[index] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

export const goalRows = (goals: readonly Goal[]): (string | number)[][] =>
  goals.map((goal) => [goal.name, formatBound(goal), goal.value, isMet(goal) ? 'met' : '**not met**']);

export const GOAL_COLUMNS = ['Goal', 'Bound', 'Measured', ''];

export function formatFindings({ question, tables, goals, notes }: Findings): string {
  const parts = tables.map(({ title, columns, rows }) => `${title}\n${markdownTable(columns, rows)}`);
  const judged = goals.length > 0 ? [markdownTable(GOAL_COLUMNS, goalRows(goals))] : [];
  return [question, ...parts, ...judged, ...notes].join('\n\n');
}
