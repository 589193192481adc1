/** Each changed field, before and after. */
import type { components } from '@fleetbeat/client';
import { formatPath, formatValue } from './difference-labels.ts';

interface DifferenceProps {
  readonly difference: components['schemas']['StateDifference'];
}

export const Difference = ({ difference: { changes, leftOut } }: DifferenceProps) =>
  changes.length === 0 ? (
    <p class="soft">Nothing differs between these two.</p>
  ) : (
    <>
      <dl class="difference">
        {changes.map(({ pointer, before, after }) => (
          <div key={pointer}>
            <dt>{formatPath(pointer)}</dt>
            <Side kind="before" text={formatValue(before)} />
            <Side kind="after" text={formatValue(after)} />
          </div>
        ))}
      </dl>
      {leftOut > 0 && <p class="faint">And {leftOut} more.</p>}
    </>
  );

interface SideProps {
  readonly kind: 'before' | 'after';
  readonly text: string | null;
}

function Side({ kind, text }: SideProps) {
  if (text === null) return null;
  const Mark = kind === 'before' ? 'del' : 'ins';
  return (
    <dd class={`side-${kind}`}>
      <span class="side-sign" aria-hidden="true">
        {kind === 'before' ? '−' : '+'}
      </span>
      <span class="unseen">{kind === 'before' ? 'Before: ' : 'After: '}</span>
      <Mark>{text}</Mark>
    </dd>
  );
}
