/** Sends a message to one or all programs; the next heartbeat announces it. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { Dialog } from '../../components/dialog.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Select, TextArea } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { getReplyKind, KINDS, type MessageKind, parseMessageKind } from './message-kinds.ts';
import { Quote } from './quote.tsx';

type Message = components['schemas']['Message'];

interface NewMessageProps {
  /** A program, or `*`. */
  readonly to: string;
  /** The message that this one replies to. */
  readonly inReplyTo?: Message | undefined;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

export function NewMessage({ to: initialTo, inReplyTo, onClose, onSent }: NewMessageProps) {
  const [to, setTo] = useState(initialTo);
  const [kind, setKind] = useState<MessageKind>(inReplyTo ? getReplyKind(inReplyTo.kind) : 'DIRECTIVE');
  const [text, setText] = useState('');
  const mutation = useMutation(() =>
    fleetbeat().messages.send({ to, kind, text: text.trim(), ...(inReplyTo && { replyTo: inReplyTo.messageId }) }),
  );
  const send = async () => {
    if (await mutation.run()) onSent();
  };
  return (
    <Dialog title={inReplyTo ? `Answer ${initialTo}` : 'New message'} onClose={onClose}>
      <DialogForm
        mutation={mutation}
        submit={send}
        submitLabel={to === '*' ? 'Send to all' : 'Send'}
        pendingLabel="Sending…"
        canSubmit={text.trim() !== ''}
        onClose={onClose}
      >
        {inReplyTo && <Quote text={inReplyTo.text} />}
        <TextArea
          label="Message"
          required
          rows={5}
          maxLength={20_000}
          value={text}
          fault={getFieldError(mutation.error, 'text')}
          hint="The agent is told with its next heartbeat, then reads it."
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <div class="form-row">
          {!inReplyTo && (
            <ProgramSelect
              label="To"
              leadingOptions={[{ value: '*', label: 'All programs' }]}
              value={to}
              fault={getFieldError(mutation.error, 'to')}
              onChange={setTo}
            />
          )}
          <Select
            label="Kind"
            choices={KINDS}
            value={kind}
            fault={getFieldError(mutation.error, 'kind')}
            onChange={(event) => setKind(parseMessageKind(event.currentTarget.value) ?? kind)}
          />
        </div>
      </DialogForm>
    </Dialog>
  );
}
