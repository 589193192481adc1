/** What a person can do about a task: give it back, or end it. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { Select, TextArea } from '../../parts/field.tsx';
import { faultOf } from '../../parts/problem.tsx';
import { mayManage } from '../../rights.ts';
import { fleetbeat } from '../../session.ts';
import type { TaskSummary } from './task-words.ts';

interface TaskActionsProps {
  readonly task: TaskSummary;
  readonly done: () => void;
}

const OUTCOMES = [
  { value: 'cancelled', label: 'Cancelled: it is no longer wanted' },
  { value: 'succeeded', label: 'Succeeded: it is done' },
  { value: 'failed', label: 'Failed: it was tried' },
] as const;

export function TaskActions({ task, done }: TaskActionsProps) {
  const [asked, setAsked] = useState<'release' | 'end' | null>(null);
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
    setAsked(null);
    done();
  };
  return (
    <div class="form-actions">
      {task.state === 'claimed' && (
        <button type="button" class="button" onClick={() => setAsked('release')}>
          Unclaim
        </button>
      )}
      <button type="button" class="button" onClick={() => setAsked('end')}>
        {task.state === 'claimed' ? 'End it' : 'Cancel or end it'}
      </button>
      {asked === 'release' && (
        <Confirm
          title="Unclaim this task?"
          verb="Unclaim"
          act={() => fleetbeat().tasks.release(task.taskId)}
          onClose={close}
        >
          <p>
            It waits again, and another agent may claim it. {task.claimedBy} is refused when it wants to end it, and is
            told to stop.
          </p>
        </Confirm>
      )}
      {asked === 'end' && <EndTask task={task} onClose={close} />}
    </div>
  );
}

function EndTask({ task, onClose }: { readonly task: TaskSummary; readonly onClose: () => void }) {
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]['value']>('cancelled');
  const [result, setResult] = useState('');
  const act = useAct(() =>
    fleetbeat().tasks.complete(task.taskId, { outcome, ...(result.trim() !== '' && { result }) }),
  );
  const end = async () => {
    if (await act.run()) onClose();
  };
  return (
    <Dialog title="End this task" onClose={onClose}>
      <DialogForm act={act} submit={end} verb="End the task" doing="Ending it…" leave="Not now" onClose={onClose}>
        <Select
          label="Outcome"
          choices={OUTCOMES}
          value={outcome}
          fault={faultOf(act.error, 'outcome')}
          onChange={({ currentTarget: { value } }) =>
            setOutcome(OUTCOMES.find((each) => each.value === value)?.value ?? 'cancelled')
          }
        />
        <TextArea
          label="Result"
          rows={4}
          maxLength={20_000}
          value={result}
          fault={faultOf(act.error, 'result')}
          hint="What came of it, for whoever reads it later. May be empty."
          onInput={(event) => setResult(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  );
}
