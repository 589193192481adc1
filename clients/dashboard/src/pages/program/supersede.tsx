/** Says that another pattern says it better. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Select } from '../../parts/field.tsx';
import { faultOf } from '../../parts/problem.tsx';
import { fleetbeat } from '../../session.ts';
import type { PatternProps } from './pattern-card.tsx';

const SHORT = 80;

export function Supersede({ programId, pattern, others, onClose }: PatternProps & { readonly onClose: () => void }) {
  const better = others.filter(({ id, status }) => id !== pattern.id && status === 'active');
  const [by, setBy] = useState(better[0]?.id ?? '');
  const act = useAct(() =>
    fleetbeat().patterns.setStatus(programId, pattern.id, { status: 'superseded', supersededBy: by }),
  );
  const supersede = async () => {
    if (await act.run()) onClose();
  };
  return (
    <Dialog title="Supersede this pattern" onClose={onClose}>
      <blockquote class="quoted prose">{pattern.pattern}</blockquote>
      {better.length === 0 ? (
        <Empty icon="search" title="There is no other pattern that holds" />
      ) : (
        <DialogForm act={act} submit={supersede} verb="Supersede" onClose={onClose}>
          <Select
            label="It gives way to"
            value={by}
            choices={better.map(({ id, pattern: text }) => ({
              value: id,
              label: `${id}: ${text.length > SHORT ? `${text.slice(0, SHORT)}…` : text}`,
            }))}
            fault={faultOf(act.error, 'supersededBy')}
            onChange={(event) => setBy(event.currentTarget.value)}
          />
        </DialogForm>
      )}
    </Dialog>
  );
}
