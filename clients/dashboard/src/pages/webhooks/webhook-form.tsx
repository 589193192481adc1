/** The fields of a webhook. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { Checkbox, TextField } from '../../parts/field.tsx';
import { faultOf, Problem } from '../../parts/problem.tsx';
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
  const { run, busy, error } = useAct(() => save(fields));
  const set = (change: Partial<WebhookFields>) => setFields((before) => ({ ...before, ...change }));
  const turn = (kind: WebhookKind, on: boolean) =>
    set({ kinds: KINDS.map((each) => each.kind).filter((each) => (each === kind ? on : fields.kinds.includes(each))) });
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <TextField
        label="URL"
        type="url"
        required
        maxLength={1000}
        value={fields.url}
        placeholder="https://example.com/fleetbeat"
        fault={faultOf(error, 'url')}
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
      {faultOf(error, 'kinds') && <p class="fault">{faultOf(error, 'kinds')}</p>}
      <div class="form-row">
        <ProgramField
          label="Of which program"
          first={[{ value: '', label: 'All' }]}
          value={fields.programId}
          fault={faultOf(error, 'programId')}
          onChoose={(programId) => set({ programId })}
        />
        <TextField
          label="Description (optional)"
          maxLength={200}
          value={fields.description}
          placeholder="Alerts to the chat"
          fault={faultOf(error, 'description')}
          onInput={(event) => set({ description: event.currentTarget.value })}
        />
      </div>
      {error != null && <Problem error={error} />}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" class="button primary" disabled={busy || fields.url === '' || fields.kinds.length === 0}>
          {busy ? 'Saving…' : verb}
        </button>
      </div>
    </form>
  );
}
