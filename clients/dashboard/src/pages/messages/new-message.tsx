/** A message to a program or to all of them; its next heartbeat announces it. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Select, TextArea } from '../../parts/field.tsx';
import { faultOf, Problem } from '../../parts/problem.tsx';
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
  const { run, busy, error } = useAct(() =>
    fleetbeat().messages.send({ to, kind, text: text.trim(), ...(answers && { replyTo: answers.messageId }) }),
  );
  const send = async () => {
    if (await run()) onSent();
  };
  return (
    <Dialog title={answers ? `Answer ${first}` : 'New message'} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {answers && <Quote text={answers.text} />}
        <TextArea
          label="Message"
          required
          rows={5}
          maxLength={20_000}
          value={text}
          fault={faultOf(error, 'text')}
          hint="The agent is told with its next heartbeat, then reads it."
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="form-row">
          {!answers && (
            <ProgramField
              label="To"
              first={[{ value: '*', label: 'All programs' }]}
              value={to}
              fault={faultOf(error, 'to')}
              onChoose={setTo}
            />
          )}
          <Select
            label="Kind"
            choices={KINDS}
            value={kind}
            fault={faultOf(error, 'kind')}
            onChange={(event) => setKind(kindOf(event.currentTarget.value) ?? kind)}
          />
        </div>
        {error != null && <Problem error={error} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button primary" disabled={busy || text.trim() === ''}>
            {busy ? 'Sending…' : to === '*' ? 'Send to all' : 'Send'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
