/** A request for each operation that the contract lets through, made from its examples. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { Operation, Role } from '../../openapi/operations.ts';
import { randomName, type TestHouse } from './house.ts';
import { examplesOf, requestMedia } from './schemas.ts';
import { bearer, type RawRequest } from './send.ts';

/** What the examples of the contract count on: the versions up to 4, and the patterns p-1 and p-2. */
async function remember(client: Fleetbeat, programId: string): Promise<void> {
  for (const lastTask of ['First', 'Second', 'Third'])
    await client.state.update(programId, { contextSummary: { lastTask } });
  const learnedPatterns = ['p-1', 'p-2'].map((id) => ({ id, domain: 'auth', pattern: 'Look twice' }));
  await client.state.update(programId, { learnedPatterns });
}

/** What parameters of the path stand for in a house: `{sessionId}` is a session that is really there. */
export type Things = Readonly<Record<string, string>>;

/** The path with its parameters filled: by the things of a house, else by the examples of the contract. */
export function pathOf(operation: Operation, things: Things): string {
  return operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const parameter = operation.parameters.find((each) => each.name === name) as { example?: unknown } | undefined;
    return encodeURIComponent(things[name] ?? String(parameter?.example));
  });
}

/** What the operation cannot do without in its query, by the examples of the contract. */
const queryOf = ({ parameters }: Operation): string =>
  parameters
    .filter((each) => each.in === 'query' && each.required)
    .map(({ name, ...given }) => `${name}=${encodeURIComponent(String((given as { example?: unknown }).example))}`)
    .join('&');

/** The path with more in its query. */
export const withQuery = (path: string, query: string): string =>
  query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** The path and whatever of a query it needs. */
export const targetOf = (operation: Operation, things: Things): string =>
  withQuery(pathOf(operation, things), queryOf(operation));

export function exampleRequest(operation: Operation, things: Things, key?: string): RawRequest & { headers: object } {
  const media = requestMedia(operation);
  const body = media && withThings(examplesOf(media)[0], things);
  return {
    method: operation.method.toUpperCase(),
    path: targetOf(operation, things),
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

/**
 * A program with a session, a task, a message and four versions of a state with two patterns; keys of every role, and a
 * second account, in a house.
 */
export async function castOf(house: TestHouse): Promise<Cast> {
  const { programId, client } = await house.program();
  const { accountId } = await house.account('team');
  const sessionId = randomName('s');
  await client.sessions.create({ name: 'A session', sessionId });
  await remember(client, programId);
  const { taskId } = await client.tasks.create({ title: 'Work', target: programId });
  const { messageId } = await house.admin.messages.send({ to: programId, kind: 'PING', text: 'Hello' });
  const { keyId } = await house.admin.keys.create({ role: 'auditor' });
  const nowhere = { url: 'http://127.0.0.1:1/', kinds: ['mass-silence' as const] };
  const { webhookId } = await house.admin.webhooks.create(nowhere);
  const freshKey = async (role: Role) =>
    (await house.admin.keys.create({ role, ...(role === 'program' && { programId }) })).key;
  return {
    things: { accountId, programId, sessionId, taskId, messageId, keyId, webhookId },
    freshKey,
    async keyFor({ roles, path }) {
      if (!roles) return undefined;
      // What is done to a key that is not the caller's own is an admin's to do.
      const isOfProgram = roles.includes('program') && !path.includes('{keyId}');
      return freshKey(isOfProgram ? 'program' : roles.includes('admin') ? 'admin' : (roles[0] as Role));
    },
  };
}
