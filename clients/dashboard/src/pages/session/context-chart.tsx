/** The context window over time: a curve, and the same as a table. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Moment } from '../../parts/age.tsx';
import { Table } from '../../parts/table.tsx';
import { bytes } from './bytes.ts';
import type { Change } from './changes.ts';
import { contextPoints } from './context-points.ts';
import { drawCurve } from './curve.ts';

export function ContextChart({ changes }: { readonly changes: readonly Change[] }) {
  const points = useMemo(() => contextPoints(changes), [changes]);
  const place = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const curve = useRef<ReturnType<typeof drawCurve> | null>(null);
  const enough = points.at.length > 1;

  useEffect(() => {
    if (!place.current || !enough) return;
    const drawn = drawCurve(place.current, points.unit, setPointed);
    curve.current = drawn;
    return () => {
      curve.current = null;
      drawn.destroy();
    };
  }, [enough, points.unit]);
  useEffect(() => curve.current?.show(points), [points, enough]);

  if (!enough) return null;
  const text = (value: number) => (points.unit === 'percent' ? `${Math.round(value)} %` : bytes(value));
  const shown = pointed ?? points.at.length - 1;
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
        ref={place}
        class="chart"
        role="img"
        aria-label={`Context used over time, from ${text(points.used[0] ?? 0)} to ${text(last)}. The table below has every value.`}
      />
      <details>
        <summary>Show as a table</summary>
        <Table
          caption="Context used over time"
          keyOf={({ at }) => String(at)}
          rows={points.at.map((at, index) => ({ at, used: points.used[index] ?? 0 })).reverse()}
          columns={[
            { title: 'When', heads: true, cell: ({ at }) => <Moment at={new Date(at * 1000).toISOString()} /> },
            { title: 'Context used', numeric: true, cell: ({ used }) => text(used) },
          ]}
        />
      </details>
    </section>
  );
}
