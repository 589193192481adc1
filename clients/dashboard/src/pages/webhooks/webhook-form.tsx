/** The fields of a webhook. */
import { useState } from 'preact/hooks';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Checkbox, TextField } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { WEBHOOK_EVENT_TYPES, type WebhookEventType } from './webhook-labels.ts';

export interface WebhookFields {
  readonly url: string;
  readonly types: readonly WebhookEventType[];
  /** Empty for all programs. */
  readonly programId: string;
  readonly description: string;
}

interface WebhookFormProps {
  readonly initialFields: WebhookFields;
  readonly submitLabel: string;
  readonly save: (fields: WebhookFields) => Promise<unknown>;
  readonly onClose: () => void;
}

export function WebhookForm({ initialFields, submitLabel: verb, save, onClose }: WebhookFormProps) {
  const [fields, setFields] = useState(initialFields);
  const mutation = useMutation(() => save(fields));
  const set = (change: Partial<WebhookFields>) => setFields((before) => ({ ...before, ...change }));
  const toggleType = (type: WebhookEventType, on: boolean) =>
    set({
      types: WEBHOOK_EVENT_TYPES.map((each) => each.type).filter((each) =>
        each === type ? on : fields.types.includes(each),
      ),
    });
  return (
    <DialogForm
      mutation={mutation}
      submit={mutation.run}
      submitLabel={verb}
      pendingLabel="Saving…"
      canSubmit={fields.url !== '' && fields.types.length > 0}
      onClose={onClose}
    >
      <TextField
        label="URL"
        type="url"
        required
        maxLength={1000}
        value={fields.url}
        placeholder="https://example.com/fleetbeat"
        fault={getFieldError(mutation.error, 'url')}
        hint="It gets a signed POST for each event and answers with any 2xx."
        onInput={(event) => set({ url: event.currentTarget.value })}
      />
      <fieldset class="event-types">
        <legend>Events</legend>
        {WEBHOOK_EVENT_TYPES.map(({ type, about }) => (
          <Checkbox
            key={type}
            label={about}
            hint={<code>{type}</code>}
            checked={fields.types.includes(type)}
            onChange={(on) => toggleType(type, on)}
          />
        ))}
      </fieldset>
      {getFieldError(mutation.error, 'types') && <p class="fault">{getFieldError(mutation.error, 'types')}</p>}
      <div class="form-row">
        <ProgramSelect
          label="Of which program"
          leadingOptions={[{ value: '', label: 'All' }]}
          value={fields.programId}
          fault={getFieldError(mutation.error, 'programId')}
          onChange={(programId) => set({ programId })}
        />
        <TextField
          label="Description (optional)"
          maxLength={200}
          value={fields.description}
          placeholder="Alerts to the chat"
          fault={getFieldError(mutation.error, 'description')}
          onInput={(event) => set({ description: event.currentTarget.value })}
        />
      </div>
    </DialogForm>
  );
}
