/** The fields of forms: a label, a hint, and what is wrong, all told to screen readers. */
import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

interface Common {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** What is wrong with what was entered. */
  readonly fault?: string | null;
}

interface FrameProps extends Common {
  readonly id: string;
  readonly children: ComponentChildren;
}

const Frame = ({ id, label, hint, fault, children }: FrameProps) => (
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

const described = (id: string, { hint, fault }: Common) => ({
  id,
  'aria-invalid': fault ? ('true' as const) : undefined,
  'aria-describedby': [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined,
});

export function TextField({ label, hint, fault, ...input }: Common & JSX.IntrinsicElements['input']) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, fault: fault ?? null }}>
      <input {...input} {...described(id, { label, hint, fault: fault ?? null })} />
    </Frame>
  );
}

export function TextArea({ label, hint, fault, ...area }: Common & JSX.IntrinsicElements['textarea']) {
  const id = useId();
  return (
    <Frame {...{ id, label, hint, fault: fault ?? null }}>
      <textarea {...area} {...described(id, { label, hint, fault: fault ?? null })} />
    </Frame>
  );
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectProps extends Common {
  readonly choices: readonly Choice[];
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
    <Frame {...{ id, label, hint, fault: fault ?? null }}>
      <select {...select} value={value} {...described(id, { label, hint, fault: fault ?? null })}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Frame>
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
