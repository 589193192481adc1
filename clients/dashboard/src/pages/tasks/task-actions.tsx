/** The actions on a task: release it, or complete it. */
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Select, TextArea } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { mayManage } from '../../permissions.ts';
import type { TaskSummary } from './task-labels.ts';

interface TaskActionsProps {
  readonly task: TaskSummary;
  readonly onChanged: () => void;
}

const OUTCOME_CHOICES = [
  { value: 'cancelled', label: 'Cancelled: it is no longer wanted' },
  { value: 'succeeded', label: 'Succeeded: it is done' },
  { value: 'failed', label: 'Failed: it was tried' },
] as const;

export function TaskActions({ task, onChanged }: TaskActionsProps) {
  const [openDialog, setOpenDialog] = useState<'release' | 'end' | null>(null);
  if (task.state === 'completed') return null;
  if (!mayManage(task.claimedBy))
    return (
      <p class="faint">
        {task.claimedBy === null
          ? 'Only admins end a task that nobody has claimed.'
          : `Only ${task.claimedBy} and admins give it back or end it.`}
      </p>
    );
  const close = () => {
    setOpenDialog(null);
    onChanged();
  };
  return (
    <div class="form-actions">
      {task.state === 'claimed' && (
        <button type="button" class="button" onClick={() => setOpenDialog('release')}>
          Unclaim
        </button>
      )}
      <button type="button" class="button" onClick={() => setOpenDialog('end')}>
        {task.state === 'claimed' ? 'End it' : 'Cancel or end it'}
      </button>
      {openDialog === 'release' && (
        <ConfirmDialog
          title="Unclaim this task?"
          confirmLabel="Unclaim"
          action={() => fleetbeat().tasks.release(task.taskId)}
          onClose={close}
        >
          <p>
            It waits again, and another agent may claim it. {task.claimedBy} is refused when it wants to end it, and is
            told to stop.
          </p>
        </ConfirmDialog>
      )}
      {openDialog === 'end' && <EndTask task={task} onClose={close} />}
    </div>
  );
}

function EndTask({ task, onClose }: { readonly task: TaskSummary; readonly onClose: () => void }) {
  const [outcome, setOutcome] = useState<(typeof OUTCOME_CHOICES)[number]['value']>('cancelled');
  const [result, setResult] = useState('');
  const mutation = useMutation(() =>
    fleetbeat().tasks.complete(task.taskId, { outcome, ...(result.trim() !== '' && { result }) }),
  );
  const end = async () => {
    if (await mutation.run()) onClose();
  };
  return (
    <Dialog title="End this task" onClose={onClose}>
      <DialogForm
        mutation={mutation}
        submit={end}
        submitLabel="End the task"
        pendingLabel="Ending it…"
        cancelLabel="Not now"
        onClose={onClose}
      >
        <Select
          label="Outcome"
          choices={OUTCOME_CHOICES}
          value={outcome}
          fault={getFieldError(mutation.error, 'outcome')}
          onChange={({ currentTarget: { value } }) =>
            setOutcome(OUTCOME_CHOICES.find((each) => each.value === value)?.value ?? 'cancelled')
          }
        />
        <TextArea
          label="Result"
          rows={4}
          maxLength={20_000}
          value={result}
          fault={getFieldError(mutation.error, 'result')}
          hint="What came of it, for whoever reads it later. May be empty."
          onInput={(event) => setResult(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
