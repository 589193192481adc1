/** Selects one of the account's programs. */
import { useComputed } from '@preact/signals';
import { NO_PROGRAM, rows } from '../live/fleet-store.ts';
import { Select } from './field.tsx';

interface ProgramSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (programId: string) => void;
  /** Options before the programs, for example all programs. */
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
  // A program that is not in the list stays selected: the fleet may still be loading.
  const listed = [...leadingOptions, ...programs.value];
  const choices = listed.some((each) => each.value === value)
    ? listed
    : [...listed, { value, label: value || 'Choose…' }];
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
