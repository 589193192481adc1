/** Says that another pattern says it better. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { faultOf, Problem } from '../../parts/problem.tsx';
import { fleetbeat } from '../../session.ts';
import type { PatternProps } from './pattern-card.tsx';

const SHORT = 80;

export function Supersede({ programId, pattern, others, onClose }: PatternProps & { readonly onClose: () => void }) {
  const better = others.filter(({ id, status }) => id !== pattern.id && status === 'active');
  const [by, setBy] = useState(better[0]?.id ?? '');
  const { run, busy, error } = useAct(() =>
    fleetbeat().patterns.setStatus(programId, pattern.id, { status: 'superseded', supersededBy: by }),
  );
  const supersede = async () => {
    if (await run()) onClose();
  };
  return (
    <Dialog title="Supersede this pattern" onClose={onClose}>
      <blockquote class="quoted prose">{pattern.pattern}</blockquote>
      {better.length === 0 ? (
        <Empty icon="search" title="There is no other pattern that holds" />
      ) : (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void supersede();
          }}
        >
          <Select
            label="It gives way to"
            value={by}
            choices={better.map(({ id, pattern: text }) => ({
              value: id,
              label: `${id}: ${text.length > SHORT ? `${text.slice(0, SHORT)}…` : text}`,
            }))}
            fault={faultOf(error, 'supersededBy')}
            onChange={(event) => setBy(event.currentTarget.value)}
          />
          {error != null && <Problem error={error} />}
          <div class="dialog-actions">
            <button type="button" class="button" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" class="button primary" disabled={busy}>
              Supersede
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
