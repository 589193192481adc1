/** Rows as a table that fits the terminal. */
import type { Paint } from './paint.ts';
import { displayWidth, oneLine, padTo, truncate } from './text.ts';

export interface Column<Row> {
  readonly title: string;
  /** What stands in the row; null is nothing. */
  readonly text: (row: Row) => string | number | null;
  /** How it is coloured; it is handed the text as it will stand there. */
  readonly colour?: (row: Row, paint: Paint) => ((text: string) => string) | undefined;
  readonly align?: 'right';
  /** Gives way where there is too little room, down to so many columns. */
  readonly minWidth?: number;
  /** Is left out where there is still too little room; the greatest number goes first. */
  readonly dropOrder?: number;
}

export interface Layout {
  readonly paint: Paint;
  /** The columns of the terminal; Infinity where there is none, and then nothing is cut. */
  readonly width: number;
}

const GAP = 2;

/** The titles and the rows, one line each, none wider than the layout. A column with nothing in it is left out. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { paint, width }: Layout,
): string[] {
  const cells = new Map(columns.map((column) => [column, rows.map((row) => toCell(column.text(row)))]));
  const isNeeded = (column: Column<Row>) => column === columns[0] || cells.get(column)?.some((text) => text !== '');
  const shown = fitColumns(
    columns.filter(isNeeded).map((column) => ({ column, wide: widest([column.title, ...(cells.get(column) ?? [])]) })),
    width,
  );
  const line = (cell: (column: Column<Row>) => string, colour: (column: Column<Row>) => (text: string) => string) =>
    shown
      .map(({ column, wide }, at) => {
        const text = truncate(cell(column), wide);
        const isLast = at === shown.length - 1 && column.align !== 'right';
        const room = isLast ? '' : padTo('', wide - displayWidth(text));
        const painted = colour(column)(text);
        return column.align === 'right' ? room + painted : painted + room;
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    line(
      ({ title }) => title,
      () => paint.dim,
    ),
    ...rows.map((row, at) =>
      line(
        (column) => cells.get(column)?.[at] ?? '',
        (column) => column.colour?.(row, paint) ?? identity,
      ),
    ),
  ];
}

const identity = (text: string): string => text;
const toCell = (value: string | number | null): string => (value === null ? '' : oneLine(String(value)));
const widest = (texts: readonly string[]): number => Math.max(...texts.map(displayWidth));

interface SizedColumn<Row> {
  readonly column: Column<Row>;
  readonly wide: number;
}

/** First columns give way, the widest first; then whole ones leave. */
function fitColumns<Row>(columns: readonly SizedColumn<Row>[], width: number): readonly SizedColumn<Row>[] {
  const total = (all: readonly SizedColumn<Row>[]) => all.reduce((sum, { wide }) => sum + wide + GAP, -GAP);
  const getMinWidth = ({ column, wide }: SizedColumn<Row>) => Math.min(wide, column.minWidth ?? wide);
  const narrowest = columns.map((each) => ({ ...each, wide: getMinWidth(each) }));
  if (total(narrowest) > width) {
    const leaving = columns.reduce<SizedColumn<Row> | null>(
      (best, each) => ((each.column.dropOrder ?? 0) > (best?.column.dropOrder ?? 0) ? each : best),
      null,
    );
    if (leaving)
      return fitColumns(
        columns.filter((each) => each !== leaving),
        width,
      );
    return narrowest;
  }
  const result = columns.map((each) => ({ ...each }));
  for (let over = total(result) - width; over > 0; over--) {
    const [widestOne] = result
      .filter((each) => each.wide > getMinWidth(each))
      .sort((one, other) => other.wide - one.wide);
    if (!widestOne) break;
    widestOne.wide -= 1;
  }
  return result;
}
