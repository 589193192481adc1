/** Labels for the differences between two versions of a state. Pure. */
const SECTION_LABELS: Readonly<Record<string, string>> = {
  contextSummary: 'Context summary',
  learnedPatterns: 'Pattern',
  config: 'Settings',
  baselines: 'Baselines',
  decay: 'Ageing',
};

/** A JSON pointer (RFC 6901) as readable text: `Context summary › last task`. */
export function formatPath(pointer: string): string {
  const [section = '', ...rest] = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  // Pattern ids and names chosen by agents are not changed.
  const fields = rest.map((part, index) =>
    section === 'learnedPatterns' && index === 0 ? part : formatFieldName(part),
  );
  return [SECTION_LABELS[section] ?? formatFieldName(section), ...fields].join(' › ');
}

/** A name in camel case as words: `lastTask` is `last task`. */
export const formatFieldName = (name: string): string =>
  /^[a-z]+(?:[A-Z][a-z]*|TTL)*$/.test(name)
    ? name
        .replace(/TTL|[A-Z]/g, (capital) => ` ${capital === 'TTL' ? 'TTL ' : capital.toLowerCase()}`)
        .replace(/ {2}/g, ' ')
    : name;

/** A value as text: lists line by line, objects as JSON; null if there is none. */
export function formatValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((each) => typeof each === 'string'))
    return value.length === 0 ? '(empty list)' : value.map((each) => `• ${each}`).join('\n');
  return typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
}
