/** A table. Where there is little room each row is a line with its header, and under it the other cells as one wrapping line. */
import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Right-aligned. */
  readonly numeric?: boolean;
  /** Never wrapped. */
  readonly tight?: boolean;
  /** Where there is little room the title stands before the value, which alone would not say what it is. */
  readonly labelled?: boolean;
  /** The cell is the header of its row. */
  readonly isRowHeader?: boolean;
}

interface TableProps<Row> {
  /** Accessible name of the table. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly getKey: (row: Row) => string;
}

export function Table<Row>({ caption, columns, rows, getKey }: TableProps<Row>) {
  return (
    <div class="table-frame">
      <table class="table">
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ title, ...kind }) => (
              <th key={title} scope="col" class={getCellClass(kind)}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={getKey(row)}>
              {columns.map(({ title, cell, isRowHeader, labelled, ...kind }) => {
                const Cell = isRowHeader ? 'th' : 'td';
                return (
                  <Cell
                    key={title}
                    {...(labelled && { 'data-title': title })}
                    class={getCellClass(kind)}
                    {...(isRowHeader && { scope: 'row' })}
                  >
                    {cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const getCellClass = ({ numeric, tight }: Pick<Column<never>, 'numeric' | 'tight'>): string | undefined =>
  [numeric && 'numeric', tight && 'tight'].filter(Boolean).join(' ') || undefined;
