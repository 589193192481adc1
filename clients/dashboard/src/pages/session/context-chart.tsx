/** Context use over time: a chart, and the same data as a table. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Timestamp } from '../../components/age.tsx';
import { Table } from '../../components/table.tsx';
import type { Change } from './changes.ts';
import { toContextPoints } from './context-points.ts';
import { formatBytes } from './format-bytes.ts';
import { createLineChart } from './line-chart.ts';

export function ContextChart({ changes }: { readonly changes: readonly Change[] }) {
  const points = useMemo(() => toContextPoints(changes), [changes]);
  const container = useRef<HTMLDivElement>(null);
  const [hoveredIndex, setHoveredIndex] = useState<number | null>(null);
  const chart = useRef<ReturnType<typeof createLineChart> | null>(null);
  const enough = points.at.length > 1;

  useEffect(() => {
    if (!container.current || !enough) return;
    const drawn = createLineChart(container.current, points.unit, setHoveredIndex);
    chart.current = drawn;
    return () => {
      chart.current = null;
      drawn.destroy();
    };
  }, [enough, points.unit]);
  useEffect(() => chart.current?.setPoints(points), [points, enough]);

  if (!enough) return null;
  const text = (value: number) => (points.unit === 'percent' ? `${Math.round(value)} %` : formatBytes(value));
  const shown = hoveredIndex ?? points.at.length - 1;
  const last = points.used.at(-1) ?? 0;
  return (
    <section class="card" aria-labelledby="context-title">
      <div class="row chart-head">
        <h2 id="context-title">Context used</h2>
        <p class="faint numeric" aria-hidden="true">
          {text(points.used[shown] ?? last)}, {new Date((points.at[shown] ?? 0) * 1000).toLocaleTimeString()}
        </p>
      </div>
      <div
        ref={container}
        class="chart"
        role="img"
        aria-label={`Context used over time, from ${text(points.used[0] ?? 0)} to ${text(last)}. The table below has every value.`}
      />
      <details>
        <summary>Show as a table</summary>
        <Table
          caption="Context used over time"
          getKey={({ at }) => String(at)}
          rows={points.at.map((at, index) => ({ at, used: points.used[index] ?? 0 })).reverse()}
          columns={[
            {
              title: 'When',
              isRowHeader: true,
              cell: ({ at }) => <Timestamp at={new Date(at * 1000).toISOString()} />,
            },
            { title: 'Context used', numeric: true, cell: ({ used }) => text(used) },
          ]}
        />
      </details>
    </section>
  );
}
