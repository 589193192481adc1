/** Creates a key for an agent or a person. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat, me } from '../../auth.ts';
import { Dialog } from '../../components/dialog.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Select, TextField } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { getGrantableRoles, type Role, TTL_CHOICES } from './key-labels.ts';

interface NewKeyProps {
  /** The program of the key. */
  readonly programId: string;
  readonly onClose: () => void;
  readonly onCreated: (key: components['schemas']['NewKey']) => void;
}

export function NewKey({ programId: initialProgramId, onClose, onCreated }: NewKeyProps) {
  const roles = getGrantableRoles(me.value?.role ?? 'program');
  const [role, setRole] = useState<Role>('program');
  const [programId, setProgramId] = useState(initialProgramId);
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('90');
  const mutation = useMutation(async () => {
    const own = { role, ttlDays: Number(days), ...(label.trim() !== '' && { label: label.trim() }) };
    onCreated(
      await fleetbeat().keys.create({ ...own, ...(programId.trim() !== '' && { programId: programId.trim() }) }),
    );
  });
  return (
    <Dialog title="New key" onClose={onClose}>
      <DialogForm
        mutation={mutation}
        submit={mutation.run}
        submitLabel="Create key"
        pendingLabel="Making it…"
        canSubmit={role !== 'program' || programId.trim() !== ''}
        onClose={onClose}
      >
        <fieldset class="roles">
          <legend>Role</legend>
          {roles.map(({ role: each, name, about }) => (
            <label key={each} class="role-choice">
              <input type="radio" name="role" value={each} checked={role === each} onChange={() => setRole(each)} />
              <span>
                <strong>{name}</strong> <span class="hint">{about}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          label={role === 'program' ? 'Program' : 'Program (optional)'}
          required={role === 'program'}
          maxLength={100}
          value={programId}
          placeholder="builder"
          autocapitalize="off"
          spellcheck={false}
          fault={getFieldError(mutation.error, 'programId')}
          hint="The name that the agent acts under: letters, digits, . _ : -. A new name makes a new program."
          onInput={(event) => setProgramId(event.currentTarget.value)}
        />
        <div class="form-row">
          <TextField
            label="Label (optional)"
            maxLength={200}
            value={label}
            placeholder="Laptop of the build team"
            fault={getFieldError(mutation.error, 'label')}
            onInput={(event) => setLabel(event.currentTarget.value)}
          />
          <Select
            label="Lives"
            choices={TTL_CHOICES}
            value={days}
            fault={getFieldError(mutation.error, 'ttlDays')}
            onChange={(event) => setDays(event.currentTarget.value)}
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}
