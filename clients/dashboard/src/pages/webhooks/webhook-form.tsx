/** The fields of a webhook. */
import { useState } from 'preact/hooks';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Checkbox, Select, TextField } from '../../components/field.tsx';
import { getFieldError } from '../../components/problem.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import {
  FIRST_EVENT_TYPES,
  FORMAT_LABELS,
  WEBHOOK_EVENT_TYPES,
  type WebhookEventType,
  type WebhookFormat,
} from './webhook-labels.ts';

export interface WebhookFields {
  readonly url: string;
  readonly format: WebhookFormat;
  readonly types: readonly WebhookEventType[];
  /** Empty for all programs. */
  readonly programId: string;
  readonly description: string;
}

interface WebhookFormProps {
  readonly initialFields: WebhookFields;
  readonly submitLabel: string;
  /** Only a new webhook chooses its format. */
  readonly canChooseFormat?: boolean;
  readonly save: (fields: WebhookFields) => Promise<unknown>;
  readonly onClose: () => void;
}

const FORMATS = (Object.keys(FORMAT_LABELS) as WebhookFormat[]).map((value) => ({
  value,
  label: FORMAT_LABELS[value].label,
}));

const isFirst = (type: WebhookEventType): boolean => FIRST_EVENT_TYPES.some((each) => each.type === type);
const OTHER_EVENT_TYPES = WEBHOOK_EVENT_TYPES.filter(({ type }) => !isFirst(type));
/** Whether the form must show more than the first events: a webhook's own choice is never hidden. */
const hasOtherTypes = (types: readonly WebhookEventType[]): boolean => !types.every(isFirst);

export function WebhookForm({
  initialFields,
  submitLabel: verb,
  canChooseFormat = false,
  save,
  onClose,
}: WebhookFormProps) {
  const [fields, setFields] = useState(initialFields);
  const mutation = useMutation(() => save(fields));
  const set = (change: Partial<WebhookFields>) => setFields((before) => ({ ...before, ...change }));
  const toggleType = (type: WebhookEventType, on: boolean) =>
    set({
      types: WEBHOOK_EVENT_TYPES.map((each) => each.type).filter((each) =>
        each === type ? on : fields.types.includes(each),
      ),
    });
  const { placeholder, hint } = FORMAT_LABELS[fields.format];
  const toCheckbox = ({ type, about }: (typeof WEBHOOK_EVENT_TYPES)[number]) => (
    <Checkbox
      key={type}
      label={about}
      hint={<code>{type}</code>}
      checked={fields.types.includes(type)}
      onChange={(on) => toggleType(type, on)}
    />
  );
  return (
    <DialogForm
      mutation={mutation}
      submit={mutation.run}
      submitLabel={verb}
      pendingLabel="Saving…"
      canSubmit={fields.url !== '' && fields.types.length > 0}
      onClose={onClose}
    >
      {canChooseFormat && (
        <Select
          label="Format"
          choices={FORMATS}
          value={fields.format}
          onChange={(event) => set({ format: event.currentTarget.value as WebhookFormat })}
        />
      )}
      <TextField
        label="URL"
        type="url"
        required
        maxLength={1000}
        value={fields.url}
        placeholder={placeholder}
        fault={getFieldError(mutation.error, 'url')}
        hint={hint}
        onInput={(event) => set({ url: event.currentTarget.value })}
      />
      <fieldset class="event-types">
        <legend>Events</legend>
        {FIRST_EVENT_TYPES.map(toCheckbox)}
      </fieldset>
      <details open={hasOtherTypes(initialFields.types)}>
        <summary>All events</summary>
        <fieldset class="event-types">
          <legend class="unseen">Other events</legend>
          {OTHER_EVENT_TYPES.map(toCheckbox)}
        </fieldset>
      </details>
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
