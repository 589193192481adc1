/** A request for each operation that the contract lets through, made from its examples. */
import type { Operation, Role } from '../../openapi/operations.ts';
import { randomName, type TestHouse } from './house.ts';
import { examplesOf, requestMedia } from './schemas.ts';
import { bearer, type RawRequest } from './send.ts';

/** What parameters of the path stand for in a house: `{sessionId}` is a session that is really there. */
export type Things = Readonly<Record<string, string>>;

/** The path with its parameters filled: by the things of a house, else by the examples of the contract. */
export function pathOf(operation: Operation, things: Things): string {
  return operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const parameter = operation.parameters.find((each) => each.name === name) as { example?: unknown } | undefined;
    return encodeURIComponent(things[name] ?? String(parameter?.example));
  });
}

export function exampleRequest(operation: Operation, things: Things, key?: string): RawRequest & { headers: object } {
  const media = requestMedia(operation);
  const body = media && withThings(examplesOf(media)[0], things);
  return {
    method: operation.method.toUpperCase(),
    path: pathOf(operation, things),
    headers: { ...(key && bearer(key)), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** An example names the program `builder`; here it is another one. */
const withThings = (body: unknown, things: Things): unknown =>
  typeof body === 'object' && body !== null && 'programId' in body ? { ...body, programId: things['programId'] } : body;

export interface Cast {
  readonly things: Things;
  /** A key of the role that no request has used yet: the server knows it only from its database. */
  freshKey(role: Role): Promise<string>;
  /** A key that may call the operation; none when it needs none. */
  keyFor(operation: Operation): Promise<string | undefined>;
}

/** A program with a session, keys of every role, and a second account, in a house. */
export async function castOf(house: TestHouse): Promise<Cast> {
  const { programId, client } = await house.program();
  const { accountId } = await house.account('team');
  const sessionId = randomName('s');
  await client.sessions.create({ name: 'A session', sessionId });
  const { keyId } = await house.admin.keys.create({ role: 'auditor' });
  const freshKey = async (role: Role) =>
    (await house.admin.keys.create({ role, ...(role === 'program' && { programId }) })).key;
  return {
    things: { accountId, programId, sessionId, keyId },
    freshKey,
    async keyFor({ roles, path }) {
      if (!roles) return undefined;
      // What is done to a key that is not the caller's own is an admin's to do.
      const isOfProgram = roles.includes('program') && !path.includes('{keyId}');
      return freshKey(isOfProgram ? 'program' : roles.includes('admin') ? 'admin' : (roles[0] as Role));
    },
  };
}
