/** Fields of an event's data, and of a webhook's payload, that hold the id of a program. */
const PROGRAM_FIELDS = ['programId', 'target', 'createdBy', 'claimedBy', 'sender', 'to', 'recipient'] as const;

/** Whether the JSON text of an event's data or of a webhook's payload names the program. Null names none. */
export function namesProgram(text: string | null | undefined, programId: string): boolean {
  if (text === null || text === undefined) return false;
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const data = typeof value['data'] === 'object' && value['data'] !== null ? { ...value['data'] } : value;
  return PROGRAM_FIELDS.some((field) => (data as Readonly<Record<string, unknown>>)[field] === programId);
}
