/** A valid request for each operation, from the examples of the contract. */
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { Operation, Role } from '../../openapi/operations.ts';
import { buildPushSubscription } from './push-service.ts';
import { bearer, type RawRequest } from './raw-request.ts';
import { getExamples, requestMedia } from './schemas.ts';
import { randomName, type TestServer } from './test-server.ts';

/** The data that the contract's examples refer to: versions up to 4, and the patterns p-1 and p-2. */
async function seedState(client: Fleetbeat, programId: string): Promise<void> {
  for (const lastTask of ['First', 'Second', 'Third'])
    await client.state.update(programId, { contextSummary: { lastTask } });
  const learnedPatterns = ['p-1', 'p-2'].map((id) => ({ id, domain: 'auth', pattern: 'Look twice' }));
  await client.state.update(programId, { learnedPatterns });
}

/** Values of path parameters on a test server: `{sessionId}` is an existing session. */
export type PathParameters = Readonly<Record<string, string>>;

/** The path with its parameters replaced by existing ids, else by the examples of the contract. */
export function buildPath(operation: Operation, pathParameters: PathParameters): string {
  return operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const parameter = operation.parameters.find((each) => each.name === name) as { example?: unknown } | undefined;
    return encodeURIComponent(pathParameters[name] ?? String(parameter?.example));
  });
}

/** The required query parameters, from the examples of the contract. */
const buildQuery = ({ parameters }: Operation): string =>
  parameters
    .filter((each) => each.in === 'query' && each.required)
    .map(({ name, ...given }) => `${name}=${encodeURIComponent(String((given as { example?: unknown }).example))}`)
    .join('&');

/** The path with more query parameters. */
export const withQuery = (path: string, query: string): string =>
  query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** The path with its required query. */
export const buildRequestTarget = (operation: Operation, pathParameters: PathParameters): string =>
  withQuery(buildPath(operation, pathParameters), buildQuery(operation));

export function buildExampleRequest(
  operation: Operation,
  pathParameters: PathParameters,
  key?: string,
): RawRequest & { headers: object } {
  const media = requestMedia(operation);
  const body = media && withProgramId(getExamples(media)[0], pathParameters);
  return {
    method: operation.method.toUpperCase(),
    path: buildRequestTarget(operation, pathParameters),
    headers: { ...(key && bearer(key)), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}

/** Examples name the program `builder`; this replaces it. */
const withProgramId = (body: unknown, pathParameters: PathParameters): unknown =>
  typeof body === 'object' && body !== null && 'programId' in body
    ? { ...body, programId: pathParameters['programId'] }
    : body;

export interface ContractFixtures {
  readonly pathParameters: PathParameters;
  /** A key of the role that no request has used, so the server has not cached it. */
  createKey(role: Role): Promise<string>;
  /** A key that may call the operation; none when it needs none. */
  keyFor(operation: Operation): Promise<string | undefined>;
}

/**
 * A program with a session, a task, a message and four versions of a state with two patterns; keys of every role; and a
 * second account.
 */
export async function createContractFixtures(server: TestServer): Promise<ContractFixtures> {
  const { programId, client } = await server.createProgram();
  const { accountId } = await server.createAccount('team');
  const sessionId = randomName('s');
  await client.sessions.create({ name: 'A session', sessionId });
  await seedState(client, programId);
  const { taskId } = await client.tasks.create({ title: 'Work', target: programId });
  const { messageId } = await server.admin.messages.send({ to: programId, kind: 'PING', text: 'Hello' });
  const { questionId } = await client.questions.ask({ title: 'May I?', sessionId });
  const { keyId } = await server.admin.keys.create({ role: 'auditor' });
  const unreachableWebhook = { url: 'http://127.0.0.1:1025/', types: ['mass-silence' as const] };
  const { webhookId } = await server.admin.webhooks.create(unreachableWebhook);
  const { invitationId } = await server.admin.invitations.create({ programId });
  const { subscriptionId } = await server.admin.pushSubscriptions.create(buildPushSubscription());
  const createKey = async (role: Role) =>
    (await server.admin.keys.create({ role, ...(role === 'program' && { programId }) })).key;
  return {
    pathParameters: {
      accountId,
      programId,
      sessionId,
      taskId,
      messageId,
      questionId,
      keyId,
      webhookId,
      invitationId,
      subscriptionId,
    },
    createKey,
    async keyFor({ roles, path }) {
      if (!roles) return undefined;
      // Only an admin changes other keys than its own.
      const isProgramOperation = roles.includes('program') && !path.includes('{keyId}');
      return createKey(isProgramOperation ? 'program' : roles.includes('admin') ? 'admin' : (roles[0] as Role));
    },
  };
}
