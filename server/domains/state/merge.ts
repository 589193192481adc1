/** JSON Merge Patch (RFC 7396): objects merge by field at every depth, null removes a field, anything else replaces. */

type Json = unknown;
type JsonObject = Record<string, Json>;

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns `target` with `patch` applied. Neither argument is modified. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const fields = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) fields.delete(name);
    else fields.set(name, mergePatch(fields.get(name), value));
  }
  // fromEntries defines own properties, so a field called __proto__ stays an ordinary field.
  return Object.fromEntries(fields);
}
