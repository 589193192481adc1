/** Gives work to a program. */
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { useAct } from '../../live/act.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { Select, TextArea, TextField } from '../../parts/field.tsx';
import { faultOf } from '../../parts/problem.tsx';
import { ProgramField } from '../../parts/program-field.tsx';
import { taskPath } from '../../routes.ts';
import { fleetbeat } from '../../session.ts';
import { LIVES, PRIORITIES } from './task-words.ts';

interface NewTaskProps {
  /** The program that it is for, or `*`. */
  readonly target: string;
  readonly onClose: () => void;
}

const CHOICES = PRIORITIES.map((label, index) => ({ value: String(index), label }))
  .slice(1)
  .reverse();

export function NewTask({ target: first, onClose }: NewTaskProps) {
  const { route } = useLocation();
  const [title, setTitle] = useState('');
  const [target, setTarget] = useState(first);
  const [instructions, setInstructions] = useState('');
  const [priority, setPriority] = useState('3');
  const [life, setLife] = useState('');
  const act = useAct(async () => {
    const { taskId } = await fleetbeat().tasks.create({
      title: title.trim(),
      target,
      priority: Number(priority),
      ...(instructions.trim() !== '' && { instructions }),
      ...(life !== '' && { ttlSeconds: Number(life) }),
    });
    route(taskPath(taskId));
  });
  return (
    <Dialog title="New task" onClose={onClose}>
      <DialogForm
        act={act}
        submit={act.run}
        verb="Give the task"
        doing="Giving it…"
        ready={title.trim() !== ''}
        onClose={onClose}
      >
        <TextField
          label="Title"
          required
          maxLength={200}
          value={title}
          fault={faultOf(act.error, 'title')}
          hint="What is to be done, in one line."
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
        <TextArea
          label="Instructions"
          rows={5}
          maxLength={20_000}
          value={instructions}
          fault={faultOf(act.error, 'instructions')}
          hint="All that whoever takes it must know: it may not know what you know."
          onInput={(event) => setInstructions(event.currentTarget.value)}
        />
        <div class="form-row">
          <ProgramField
            label="For"
            first={[{ value: '*', label: 'Any program, the first to claim it' }]}
            value={target}
            fault={faultOf(act.error, 'target')}
            onChoose={setTarget}
          />
          <Select
            label="Priority"
            choices={CHOICES}
            value={priority}
            fault={faultOf(act.error, 'priority')}
            onChange={(event) => setPriority(event.currentTarget.value)}
          />
          <Select
            label="Expires unclaimed"
            choices={LIVES}
            value={life}
            fault={faultOf(act.error, 'ttlSeconds')}
            onChange={(event) => setLife(event.currentTarget.value)}
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}
