/** Form fields: label, hint and error, all announced by screen readers. */
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** The error message. */
  readonly fault?: string | null;
}

interface FieldFrameProps extends FieldProps {
  readonly id: string;
  readonly children: ComponentChildren;
}

const FieldFrame = ({ id, label, hint, fault, children }: FieldFrameProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    {children}
    {hint && (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {fault && (
      <p class="fault" id={`${id}-fault`}>
        {fault}
      </p>
    )}
  </div>
);

const fieldAttributes = (id: string, { hint, fault }: FieldProps) => ({
  id,
  'aria-invalid': fault ? ('true' as const) : undefined,
  'aria-describedby': [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined,
});

export function TextField({ label, hint, fault, ...input }: FieldProps & JSX.IntrinsicElements['input']) {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, hint, fault: fault ?? null }}>
      <input dir="auto" {...input} {...fieldAttributes(id, { label, hint, fault: fault ?? null })} />
    </FieldFrame>
  );
}

export function TextArea({ label, hint, fault, ...area }: FieldProps & JSX.IntrinsicElements['textarea']) {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, hint, fault: fault ?? null }}>
      <textarea dir="auto" {...area} {...fieldAttributes(id, { label, hint, fault: fault ?? null })} />
    </FieldFrame>
  );
}

interface SelectOption {
  readonly value: string;
  readonly label: string;
}

interface SelectProps extends FieldProps {
  readonly choices: readonly SelectOption[];
}

export function Select({
  label,
  hint,
  fault,
  choices,
  value,
  ...select
}: SelectProps & JSX.IntrinsicElements['select'] & { readonly value?: string }) {
  const id = useId();
  return (
    <FieldFrame {...{ id, label, hint, fault: fault ?? null }}>
      <select {...select} value={value} {...fieldAttributes(id, { label, hint, fault: fault ?? null })}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

interface CheckboxProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Checkbox({ label, hint, checked, disabled = false, onChange }: CheckboxProps) {
  const id = useId();
  return (
    <div class="check">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
