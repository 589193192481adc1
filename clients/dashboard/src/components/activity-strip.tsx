/** What a program did, period by period, as a strip of bars: the more telling an activity, the higher its bar. */
import { ACTIVITIES, describePeriods } from '@fleetbeat/client';
import './activity-strip.css';

/** A bar's height, of 4, so that no colour alone says which activity it is. */
const HEIGHTS = { a: 4, w: 3, s: 2, i: 1 } as const;

interface ActivityStripProps {
  /** One letter for each period, as in the contract. */
  readonly periods: string;
  readonly periodMinutes: number;
  /** What the strip covers, for example `Last 24 hours`. */
  readonly span: string;
}

export function ActivityStrip({ periods, periodMinutes, span }: ActivityStripProps) {
  const text = `${span}: ${describePeriods(periods, periodMinutes)}`;
  return (
    <svg
      class="strip"
      role="img"
      aria-label={text}
      viewBox={`0 0 ${periods.length} 4`}
      preserveAspectRatio="none"
      data-periods={periods}
    >
      <title>{text}</title>
      <path class="strip-base" d={drawBars(periods, /[^?]+/g, 0.2)} />
      {ACTIVITIES.map(({ letter, word }) => (
        <path
          key={letter}
          class={`strip-${word}`}
          d={drawBars(periods, new RegExp(`${letter}+`, 'g'), HEIGHTS[letter])}
        />
      ))}
    </svg>
  );
}

/** One rectangle for each run of equal periods. */
const drawBars = (periods: string, runs: RegExp, height: number): string =>
  [...periods.matchAll(runs)].map(({ 0: run, index }) => `M${index} 4v-${height}h${run.length}v${height}z`).join('');
