/** A message to a program or to all of them; its next heartbeat announces it. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { Select, TextArea } from '../../parts/field.tsx';
import { faultOf } from '../../parts/problem.tsx';
import { ProgramField } from '../../parts/program-field.tsx';
import { fleetbeat } from '../../session.ts';
import { answerKind, KINDS, kindOf, type MessageKind } from './kinds.ts';
import { Quote } from './quote.tsx';

type Message = components['schemas']['Message'];

interface NewMessageProps {
  /** A program, or `*`. */
  readonly to: string;
  /** The message that this one answers. */
  readonly answers?: Message | undefined;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

export function NewMessage({ to: first, answers, onClose, onSent }: NewMessageProps) {
  const [to, setTo] = useState(first);
  const [kind, setKind] = useState<MessageKind>(answers ? answerKind(answers.kind) : 'DIRECTIVE');
  const [text, setText] = useState('');
  const act = useAct(() =>
    fleetbeat().messages.send({ to, kind, text: text.trim(), ...(answers && { replyTo: answers.messageId }) }),
  );
  const send = async () => {
    if (await act.run()) onSent();
  };
  return (
    <Dialog title={answers ? `Answer ${first}` : 'New message'} onClose={onClose}>
      <DialogForm
        act={act}
        submit={send}
        verb={to === '*' ? 'Send to all' : 'Send'}
        doing="Sending…"
        ready={text.trim() !== ''}
        onClose={onClose}
      >
        {answers && <Quote text={answers.text} />}
        <TextArea
          label="Message"
          required
          rows={5}
          maxLength={20_000}
          value={text}
          fault={faultOf(act.error, 'text')}
          hint="The agent is told with its next heartbeat, then reads it."
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="form-row">
          {!answers && (
            <ProgramField
              label="To"
              first={[{ value: '*', label: 'All programs' }]}
              value={to}
              fault={faultOf(act.error, 'to')}
              onChoose={setTo}
            />
          )}
          <Select
            label="Kind"
            choices={KINDS}
            value={kind}
            fault={faultOf(act.error, 'kind')}
            onChange={(event) => setKind(kindOf(event.currentTarget.value) ?? kind)}
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}
