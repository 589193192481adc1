/** The fields of a webhook. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { DialogForm } from '../../parts/dialog-form.tsx';
import { Checkbox, TextField } from '../../parts/field.tsx';
import { faultOf } from '../../parts/problem.tsx';
import { ProgramField } from '../../parts/program-field.tsx';
import { KINDS, type WebhookKind } from './webhook-words.ts';

export interface WebhookFields {
  readonly url: string;
  readonly kinds: readonly WebhookKind[];
  /** Empty for all programs. */
  readonly programId: string;
  readonly description: string;
}

interface WebhookFormProps {
  readonly first: WebhookFields;
  readonly verb: string;
  readonly save: (fields: WebhookFields) => Promise<unknown>;
  readonly onClose: () => void;
}

export function WebhookForm({ first, verb, save, onClose }: WebhookFormProps) {
  const [fields, setFields] = useState(first);
  const act = useAct(() => save(fields));
  const set = (change: Partial<WebhookFields>) => setFields((before) => ({ ...before, ...change }));
  const turn = (kind: WebhookKind, on: boolean) =>
    set({ kinds: KINDS.map((each) => each.kind).filter((each) => (each === kind ? on : fields.kinds.includes(each))) });
  return (
    <DialogForm
      act={act}
      submit={act.run}
      verb={verb}
      doing="Saving…"
      ready={fields.url !== '' && fields.kinds.length > 0}
      onClose={onClose}
    >
      <TextField
        label="URL"
        type="url"
        required
        maxLength={1000}
        value={fields.url}
        placeholder="https://example.com/fleetbeat"
        fault={faultOf(act.error, 'url')}
        hint="It gets a signed POST for each event and answers with any 2xx."
        onInput={(event) => set({ url: event.currentTarget.value })}
      />
      <fieldset class="kinds">
        <legend>Tell it when</legend>
        {KINDS.map(({ kind, about }) => (
          <Checkbox
            key={kind}
            label={about}
            hint={<code>{kind}</code>}
            checked={fields.kinds.includes(kind)}
            onChange={(on) => turn(kind, on)}
          />
        ))}
      </fieldset>
      {faultOf(act.error, 'kinds') && <p class="fault">{faultOf(act.error, 'kinds')}</p>}
      <div class="form-row">
        <ProgramField
          label="Of which program"
          first={[{ value: '', label: 'All' }]}
          value={fields.programId}
          fault={faultOf(act.error, 'programId')}
          onChoose={(programId) => set({ programId })}
        />
        <TextField
          label="Description (optional)"
          maxLength={200}
          value={fields.description}
          placeholder="Alerts to the chat"
          fault={faultOf(act.error, 'description')}
          onInput={(event) => set({ description: event.currentTarget.value })}
        />
      </div>
    </DialogForm>
  );
}
