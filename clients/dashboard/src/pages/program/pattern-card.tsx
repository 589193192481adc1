/** One learned pattern. */
import { Age } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { PatternActions } from './pattern-actions.tsx';
import type { Pattern } from './pattern-filter.ts';
import type { PatternProps } from './pattern-props.ts';

export function PatternCard(props: PatternProps) {
  const { pattern: it } = props;
  const confidencePercent = Math.round(it.confidence * 100);
  return (
    <article class="card pattern" data-status={it.status} aria-label={`Pattern ${it.id}`}>
      <div class="row">
        <Badge>{it.domain}</Badge>
        {it.promoted && (
          <Badge tone="info" icon="pin">
            Promoted
          </Badge>
        )}
        {it.status === 'active' && it.stale && (
          <Badge tone="warn" icon="clock">
            Stale
          </Badge>
        )}
        {it.status === 'refuted' && (
          <Badge tone="bad" icon="off">
            Refuted
          </Badge>
        )}
        {it.status === 'superseded' && <Badge icon="handoff">{`Superseded by ${it.supersededBy ?? 'another'}`}</Badge>}
        <code class="faint">{it.id}</code>
      </div>
      <p class="prose pattern-text" dir="auto">
        {it.pattern}
      </p>
      {it.evidence !== null && (
        <p class="prose soft" dir="auto">
          Evidence: {it.evidence}
        </p>
      )}
      <div class="row pattern-foot">
        <div class="pattern-sure">
          <span class="faint">Confidence</span>
          <span class="meter">
            <span class="meter-track" aria-hidden="true">
              <span class="meter-fill" style={{ transform: `scaleX(${it.confidence})` }} />
            </span>
            <span class="meter-text numeric">{confidencePercent} %</span>
          </span>
        </div>
        <p class="faint">
          <ReinforcementInfo {...it} />
        </p>
        <PatternActions {...props} />
      </div>
    </article>
  );
}

const ReinforcementInfo = ({ reinforcements, lastReinforcedAt }: Pattern) => (
  <>
    {reinforcements === 0 ? 'Learned' : `Seen again ${reinforcements === 1 ? 'once' : `${reinforcements} times`}, last`}{' '}
    <Age at={lastReinforcedAt} /> ago
  </>
);
