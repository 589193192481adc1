/** A choice among the programs of the account. */
import { useComputed } from '@preact/signals';
import { NO_PROGRAM, rows } from '../live/fleet-store.ts';
import { Select } from './field.tsx';

interface ProgramSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (programId: string) => void;
  /** What comes before the programs, for example everybody. */
  readonly leadingOptions?: readonly { readonly value: string; readonly label: string }[];
  readonly fault?: string | null;
  readonly required?: boolean;
}

export function ProgramSelect({
  label,
  value,
  onChange: onChoose,
  leadingOptions = [],
  fault = null,
  required = false,
}: ProgramSelectProps) {
  const programs = useComputed(() =>
    rows.value
      .filter(({ programId }) => programId !== NO_PROGRAM)
      .map(({ programId, displayName }) => ({
        value: programId,
        label: displayName === programId ? programId : `${displayName} (${programId})`,
      }))
      .sort((a, b) => (a.label < b.label ? -1 : 1)),
  );
  // One that is not known yet stays chosen: the fleet may still be on its way.
  const known = [...leadingOptions, ...programs.value];
  const choices = known.some((each) => each.value === value) ? known : [...known, { value, label: value || 'Choose…' }];
  return (
    <Select
      label={label}
      choices={choices}
      value={value}
      fault={fault}
      required={required}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}
