/** The typed client against the document: a method for each operation, an iterator for each paginated list. */
import { describe, expect, test } from 'vitest';
import { createFleetbeat, type Fetch } from '../../../clients/typescript/src/index.ts';
import { takesIdempotencyKey } from '../../../clients/typescript/src/retry.ts';
import type { Operation } from '../../../openapi/operations.ts';
import { operations } from '../../../server/platform/contract.ts';

type Method = (...given: unknown[]) => unknown;
const isMethod = (value: unknown): value is Method => typeof value === 'function';

/** A client whose fetch only records the requests. */
function createRecordingClient() {
  const asked: string[] = [];
  const fetch: Fetch = async (url, { method }) => {
    asked.push(`${method} ${new URL(url).pathname}`);
    return Response.json({ type: '/problems/forbidden', title: '', detail: '' }, { status: 403 });
  };
  const { api: _raw, ...face } = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch, retries: 0 });
  const methods: [string, Method][] = [];
  for (const [name, part] of Object.entries(face)) {
    if (isMethod(part)) methods.push([name, part]);
    else for (const [each, method] of Object.entries(part)) methods.push([`${name}.${each}`, method as Method]);
  }
  return { asked, methods };
}

const isSequence = (value: unknown): value is AsyncGenerator =>
  typeof value === 'object' && Symbol.asyncIterator in (value as object);

/** Calls every method with ids as its arguments. Whether the call succeeds does not matter here. */
async function listRequests(wanted: (name: string) => boolean): Promise<string[]> {
  const { asked, methods } = createRecordingClient();
  for (const [name, method] of methods.filter(([each]) => wanted(each))) {
    const got = method('one', name.endsWith('.diff') ? 2 : 'two', {});
    await (isSequence(got) ? got.next() : (got as Promise<unknown>)).catch(() => undefined);
  }
  return asked;
}

const matches = ({ method, path }: Operation, request: string): boolean =>
  new RegExp(`^${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '[^/]+')}$`).test(request);

/** The operation that a request is for: the one with the fewest parameters in its path. */
const findOperation = (request: string) =>
  operations
    .filter((each) => matches(each, request))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length)[0]?.operationId;

test('every operation has a method, and every method an operation', async () => {
  const reached = (await listRequests(() => true)).map(findOperation);
  expect(reached).not.toContain(undefined);
  expect([...new Set(reached)].sort()).toEqual(operations.map((each) => each.operationId).sort());
});

test('every paginated operation has a method that iterates over all pages', async () => {
  const paged = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));
  const reached = (await listRequests((name) => /(^|\.)all/.test(name))).map(findOperation);
  expect(paged.length).toBeGreaterThan(9);
  expect(reached.sort()).toEqual(paged.map((each) => each.operationId).sort());
});

describe('a method never repeats what may take effect twice', () => {
  // It sets or removes what it names and nothing else, so repeating it is harmless.
  const SETS = [
    ...[
      'updateSession',
      'updateProgram',
      'updateAccount',
      'removeProgram',
      'removeAccount',
      'revokeKey',
      'withdrawInvitation',
      'endMassSilence',
    ],
    ...['signOut', 'signOutEverywhere', 'endWebSession', 'updateWebhook', 'deleteWebhook', 'deletePushSubscription'],
    // Its method never retries.
    'testWebhook',
    'approveAuthorizationRequest',
  ];

  test.each(operations.filter(({ method, roles }) => method !== 'get' && roles !== null))(
    '$operationId takes an Idempotency-Key, or sets what it names',
    ({ operationId, parameters }) => {
      const takesKey = parameters.some(({ name }) => name === 'Idempotency-Key');
      expect(takesKey).toBe(!SETS.includes(operationId));
    },
  );
});

test('the client sends an Idempotency-Key to the operations that take one, and to no others', () => {
  const writes = operations.filter(({ method }) => method !== 'get');
  const inDocument = writes.filter(({ parameters }) => parameters.some(({ name }) => name === 'Idempotency-Key'));
  const inClient = writes.filter(({ method, path }) =>
    takesIdempotencyKey(method.toUpperCase(), path.replace(/\{\w+\}/g, 'x')),
  );
  expect(inDocument.length).toBeGreaterThan(10);
  expect(inClient.map(({ operationId }) => operationId)).toEqual(inDocument.map(({ operationId }) => operationId));
});
