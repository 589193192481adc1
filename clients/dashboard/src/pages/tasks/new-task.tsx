/** Creates a task for a program. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { fleetbeat } from '../../auth.ts';
import { Dialog } from '../../components/dialog.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Select, TextArea, TextField } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { taskPath } from '../../routes.ts';
import { PRIORITIES, TTL_CHOICES } from './task-labels.ts';

interface NewTaskProps {
  /** The target program, or `*`. */
  readonly target: string;
  readonly onClose: () => void;
}

const PRIORITY_CHOICES = PRIORITIES.map((label, index) => ({ value: String(index), label }))
  .slice(1)
  .reverse();

export function NewTask({ target: initialTarget, onClose }: NewTaskProps) {
  const { route } = useLocation();
  const [title, setTitle] = useState('');
  const [target, setTarget] = useState(initialTarget);
  const [instructions, setInstructions] = useState('');
  const [priority, setPriority] = useState('3');
  const [ttl, setTtl] = useState('');
  const mutation = useMutation(async () => {
    const { taskId } = await fleetbeat().tasks.create({
      title: title.trim(),
      target,
      priority: Number(priority),
      ...(instructions.trim() !== '' && { instructions }),
      ...(ttl !== '' && { ttlSeconds: Number(ttl) }),
    });
    route(taskPath(taskId));
  });
  return (
    <Dialog title="New task" onClose={onClose}>
      <DialogForm
        mutation={mutation}
        submit={mutation.run}
        submitLabel="Create task"
        pendingLabel="Giving it…"
        canSubmit={title.trim() !== ''}
        onClose={onClose}
      >
        <TextField
          label="Title"
          required
          maxLength={200}
          value={title}
          fault={getFieldError(mutation.error, 'title')}
          hint="What is to be done, in one line."
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
        <TextArea
          label="Instructions"
          rows={5}
          maxLength={20_000}
          value={instructions}
          fault={getFieldError(mutation.error, 'instructions')}
          hint="All that whoever takes it must know: it may not know what you know."
          onInput={(event) => setInstructions(event.currentTarget.value)}
        />
        <div class="form-row">
          <ProgramSelect
            label="For"
            leadingOptions={[{ value: '*', label: 'Any program, the first to claim it' }]}
            value={target}
            fault={getFieldError(mutation.error, 'target')}
            onChange={setTarget}
          />
          <Select
            label="Priority"
            choices={PRIORITY_CHOICES}
            value={priority}
            fault={getFieldError(mutation.error, 'priority')}
            onChange={(event) => setPriority(event.currentTarget.value)}
          />
          <Select
            label="Expires unclaimed"
            choices={TTL_CHOICES}
            value={ttl}
            fault={getFieldError(mutation.error, 'ttlSeconds')}
            onChange={(event) => setTtl(event.currentTarget.value)}
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}
