/** What differs between two versions of a state. Pure. */
import type { components } from '../../../openapi/generated/types.ts';
import { storedPatternView } from './document.ts';
import { SECTIONS } from './sections.ts';
import type { StoredState } from './undo.ts';

const MOST = 5_000;

/** The fields that differ, by their JSON pointers (RFC 6901) in the state; lists are compared as a whole. */
export function differenceBetween(before: StoredState, after: StoredState): components['schemas']['StateDifference'] {
  const [old, young] = [fieldsOf(before), fieldsOf(after)];
  const changes = [...new Set([...old.keys(), ...young.keys()])]
    .sort()
    .map((pointer) => ({ pointer, before: old.get(pointer) ?? null, after: young.get(pointer) ?? null }))
    .filter((each) => JSON.stringify(each.before) !== JSON.stringify(each.after));
  return {
    from: before.row?.version ?? 0,
    to: after.row?.version ?? 0,
    changes: changes.slice(0, MOST),
    leftOut: Math.max(0, changes.length - MOST),
  };
}

function fieldsOf({ row, patterns }: StoredState): ReadonlyMap<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const section of SECTIONS) {
    for (const [name, value] of Object.entries(row?.[section] ?? {}))
      collect(fields, `/${section}${step(name)}`, value);
  }
  for (const pattern of patterns) {
    const { id, ...told } = storedPatternView(pattern);
    for (const [name, value] of Object.entries(told)) fields.set(`/learnedPatterns${step(id)}${step(name)}`, value);
  }
  return fields;
}

function collect(fields: Map<string, unknown>, pointer: string, value: unknown): void {
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  if (inner.length === 0) fields.set(pointer, value);
  for (const [name, each] of inner) collect(fields, `${pointer}${step(name)}`, each);
}

const step = (name: string): string => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
