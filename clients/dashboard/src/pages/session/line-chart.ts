/** A line chart (uPlot) in the theme's colours. */
import { effect } from '@preact/signals';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { HANDOFF_ADVISED_PERCENT } from '../../live/session-snapshot.ts';
import { theme } from '../../shell/theme.ts';
import type { ContextPoints } from './context-points.ts';
import { formatBytes } from './format-bytes.ts';
import { formatTicks } from './format-ticks.ts';

const HEIGHT = 200;

export interface LineChart {
  setPoints(points: ContextPoints): void;
  destroy(): void;
}

/** Draws into `container`, also when its width or the theme changes. `onHover` receives the index under the pointer. */
export function createLineChart(
  container: HTMLElement,
  unit: ContextPoints['unit'],
  onHover: (index: number | null) => void,
): LineChart {
  let data: uPlot.AlignedData = [[], []];
  let plot: uPlot | null = null;
  const draw = () => {
    plot?.destroy();
    plot = new uPlot(chartOptions(container.clientWidth, unit, onHover), data, container);
  };
  const watcher = new ResizeObserver(() => plot?.setSize({ width: container.clientWidth, height: HEIGHT }));
  const system = matchMedia('(prefers-color-scheme: dark)');
  // uPlot reads colours once, when it draws: a new theme needs a new plot.
  const stopEffect = effect(() => {
    void theme.value;
    draw();
  });
  watcher.observe(container);
  system.addEventListener('change', draw);
  return {
    setPoints(points) {
      data = [points.at, points.used];
      plot?.setData(data);
    },
    destroy() {
      stopEffect();
      watcher.disconnect();
      system.removeEventListener('change', draw);
      plot?.destroy();
    },
  };
}

function chartOptions(
  width: number,
  unit: ContextPoints['unit'],
  point: (index: number | null) => void,
): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--text-faint'),
    font: `12px ${style.fontFamily}`,
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    scales: { y: { range: (_plot, _low, high) => [0, unit === 'percent' ? 100 : high * 1.1 || 1] } },
    axes: [
      // Wide enough apart for a label with seconds.
      { ...axis, space: 90, values: (_plot, ticks, _axis, _space, incrementS) => formatTicks(ticks, incrementS) },
      {
        ...axis,
        size: 56,
        values: (_plot, ticks) => ticks.map((tick) => (unit === 'percent' ? `${tick} %` : formatBytes(tick))),
      },
    ],
    series: [
      {},
      {
        stroke: colour('--accent'),
        width: 2,
        fill: colour('--accent-ground'),
        points: { show: false },
      },
    ],
    hooks: {
      draw: unit === 'percent' ? [(plot) => drawHandoffLine(plot, colour('--warn'))] : [],
      setCursor: [({ cursor }) => point(cursor.idx ?? null)],
    },
  };
}

/** The line above which a handoff is advised. */
function drawHandoffLine(plot: uPlot, colour: string): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(HANDOFF_ADVISED_PERCENT, 'y', true);
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.setLineDash([6, 5]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.textAlign = 'left';
  ctx.font = `${12 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.fillText('Handoff advised', bbox.left + 8 * devicePixelRatio, y - 6 * devicePixelRatio);
  ctx.restore();
}
