/** Marks a pattern as superseded by another. */
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { Dialog } from '../../components/dialog.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import type { PatternProps } from './pattern-props.ts';

const MAX_LABEL_LENGTH = 80;

export function Supersede({ programId, pattern, others, onClose }: PatternProps & { readonly onClose: () => void }) {
  const candidates = others.filter(({ id, status }) => id !== pattern.id && status === 'active');
  const [replacementId, setReplacementId] = useState(candidates[0]?.id ?? '');
  const mutation = useMutation(() =>
    fleetbeat().patterns.setStatus(programId, pattern.id, { status: 'superseded', supersededBy: replacementId }),
  );
  const supersede = async () => {
    if (await mutation.run()) onClose();
  };
  return (
    <Dialog title="Supersede this pattern" onClose={onClose}>
      <blockquote class="quoted prose" dir="auto">
        {pattern.pattern}
      </blockquote>
      {candidates.length === 0 ? (
        <EmptyState icon="search" title="There is no other pattern that holds" />
      ) : (
        <DialogForm mutation={mutation} submit={supersede} submitLabel="Supersede" onClose={onClose}>
          <Select
            label="It gives way to"
            value={replacementId}
            choices={candidates.map(({ id, pattern: text }) => ({
              value: id,
              label: `${id}: ${text.length > MAX_LABEL_LENGTH ? `${text.slice(0, MAX_LABEL_LENGTH)}…` : text}`,
            }))}
            fault={getFieldError(mutation.error, 'supersededBy')}
            onChange={(event) => setReplacementId(event.currentTarget.value)}
          />
        </DialogForm>
      )}
    </Dialog>
  );
}
