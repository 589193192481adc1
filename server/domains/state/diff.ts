/** Compares two versions of a state. Pure functions. */
import type { components } from '../../../openapi/generated/types.ts';
import { toStoredPattern } from './document.ts';
import { SECTIONS } from './sections.ts';
import type { StoredState } from './undo.ts';

const MAX_CHANGES = 5_000;

/** The fields that differ, by JSON pointer (RFC 6901). A list counts as one value. */
export function diffStates(before: StoredState, after: StoredState): components['schemas']['StateDifference'] {
  const [oldFields, newFields] = [flattenFields(before), flattenFields(after)];
  const changes = [...new Set([...oldFields.keys(), ...newFields.keys()])]
    .sort()
    .map((pointer) => ({ pointer, before: oldFields.get(pointer) ?? null, after: newFields.get(pointer) ?? null }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
  return {
    from: before.row?.version ?? 0,
    to: after.row?.version ?? 0,
    changes: changes.slice(0, MAX_CHANGES),
    leftOut: Math.max(0, changes.length - MAX_CHANGES),
  };
}

function flattenFields({ row, patterns }: StoredState): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const section of SECTIONS) {
    for (const [name, value] of Object.entries(row?.[section] ?? {}))
      collect(fields, `/${section}${toPointerSegment(name)}`, value);
  }
  for (const pattern of patterns) {
    const { id, ...patternFields } = toStoredPattern(pattern);
    for (const [name, value] of Object.entries(patternFields))
      fields.set(`/learnedPatterns${toPointerSegment(id)}${toPointerSegment(name)}`, value);
  }
  return fields;
}

function collect(fields: Map<string, unknown>, pointer: string, value: unknown): void {
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (inner.length === 0) fields.set(pointer, value);
  for (const [name, each] of inner) collect(fields, `${pointer}${toPointerSegment(name)}`, each);
}

const toPointerSegment = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
