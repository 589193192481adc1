/** Meters of a session: progress, and use of the context window. */
import { HANDOFF_ADVISED_PERCENT } from '../live/session-snapshot.ts';

interface MeterProps {
  /** 0–100; null if unknown. */
  readonly percent: number | null;
}

const formatPercent = (percent: number): string => `${Math.round(percent)} %`;

export const Progress = ({ percent }: MeterProps) => (
  <span class="meter" data-unknown={percent === null}>
    <span
      class="meter-track"
      {...(percent !== null && {
        role: 'progressbar',
        'aria-label': 'Progress',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-valuenow': Math.round(percent),
      })}
    >
      <span class="meter-fill" style={{ transform: `scaleX(${(percent ?? 0) / 100})` }} />
    </span>
    <span class="meter-text numeric">{percent === null ? '–' : formatPercent(percent)}</span>
  </span>
);

export function ContextGauge({ percent }: MeterProps) {
  const high = (percent ?? 0) > HANDOFF_ADVISED_PERCENT;
  return (
    <span class="meter gauge" data-unknown={percent === null}>
      <span
        class="meter-track"
        {...(percent !== null && {
          role: 'meter',
          'aria-label': 'Context used',
          'aria-valuemin': 0,
          'aria-valuemax': 100,
          'aria-valuenow': Math.round(percent),
          'aria-valuetext': `${formatPercent(percent)}${high ? ', a handoff is advised' : ''}`,
        })}
      >
        <span class="meter-fill" data-high={high} style={{ transform: `scaleX(${(percent ?? 0) / 100})` }} />
      </span>
      <span class="meter-text numeric" data-high={high}>
        {percent === null ? '–' : formatPercent(percent)}
      </span>
    </span>
  );
}
