/** Every operation × every caller × every target: the status follows from the roles in the contract. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../openapi/operations.ts';
import { operations } from '../../server/platform/contract.ts';
import { getExpectedAccess, TARGETS, type Target } from '../support/access-rules.ts';
import { CALLERS, type Caller, type Credential, createCredentialFactory, isRole } from '../support/callers.ts';
import { CALL_BUILDERS, type TargetIds } from '../support/operation-calls.ts';
import { PREREQUISITE_FACTORIES } from '../support/prerequisites.ts';
import { bearer, sendRaw } from '../support/raw-request.ts';
import { randomName } from '../support/test-server.ts';
import { useTestServer } from '../support/use-test-server.ts';

let createCredential: (caller: Caller) => Promise<Credential>;
let createTargetIds: (target: Target, caller: Credential, operation: Operation) => Promise<TargetIds>;

const server = useTestServer();
beforeAll(async () => {
  const [own, other] = [randomName('own'), randomName('other')];
  createCredential = await createCredentialFactory(server, own);
  const stranger = await server.createAccount('unlimited');
  await server.admin.keys.create({ programId: other });
  createTargetIds = async (target, caller, { operationId }) => {
    const abroad = target === 'another account';
    const { client } = abroad ? stranger : { client: server.admin };
    // New each time: an admin who names it in a create registers it in its own account.
    const programId = abroad ? randomName('foreign') : target === 'another program' ? other : own;
    const { key, keyId } = await client.keys.create({ programId, label: programId });
    const sessionId = randomName('session');
    await client.sessions.create({ name: 'Aimed at', sessionId, programId });
    const made = await PREREQUISITE_FACTORIES[operationId]?.({
      admin: client,
      operator: server.admin,
      client: server.client(key),
      key,
      programId,
      sessionId,
    });
    // In its own account, so that the task is what is hidden.
    const claimantId = abroad ? randomName('claimant') : sessionId;
    if (abroad) await server.admin.sessions.create({ name: 'Claimant', sessionId: claimantId, programId: own });
    const isSelf = target === 'its own program' && caller.keyId !== '';
    return {
      accountId: abroad ? stranger.accountId : 'main',
      programId,
      sessionId,
      keyId: isSelf ? caller.keyId : keyId,
      claimantId,
      ...made,
    };
  };
});

const secured = operations.filter((operation) => operation.roles !== null);

test('the table of rights has every operation that needs a key, and no other', () => {
  expect(Object.keys(CALL_BUILDERS).sort()).toEqual(secured.map(({ operationId }) => operationId).sort());
});

test('only operations that describe the server, and those that take a key or a code in their body, need no key', () => {
  const open = operations.filter(
    ({ roles, operationId }) => roles === null && !['signIn', 'redeemInvitation'].includes(operationId),
  );
  for (const { tag, method } of open) expect({ tag, method }).toEqual({ tag: 'Server', method: 'get' });
});

/** Without a valid key the target does not matter: one of each is enough. */
const targetsFor = (caller: Caller) => (isRole(caller) ? TARGETS : TARGETS.slice(0, 1));
const cells = CALLERS.flatMap((caller) => targetsFor(caller).map((target) => ({ caller, target })));

describe.each(secured)('$operationId', (operation) => {
  test.each(cells)('called by $caller on $target', async ({ caller, target }) => {
    const credential = await createCredential(caller);
    const targetIds = await createTargetIds(target, credential, operation);
    const before = await newestDenial();
    const { status, text } = await call(operation, targetIds, credential);
    const expected = expectedStatus(operation, caller, target);
    expect({ status, text: status === expected ? '' : text }).toEqual({ status: expected, text: '' });
    if (expected === 403) {
      expect(await newestDenial()).toMatchObject({ keyId: credential.keyId, action: operation.operationId });
    } else {
      expect(await newestDenial()).toEqual(before);
    }
    if (target !== 'another account' || expected >= 300 || returnsBody(operation)) return;
    const {
      programId,
      sessionId,
      keyId,
      accountId,
      taskId = programId,
      messageId = programId,
      webhookId = programId,
    } = targetIds;
    for (const id of [programId, sessionId, keyId, accountId, taskId, messageId, webhookId])
      expect(text).not.toContain(id);
  });
});

/** Operators manage all accounts, and a create returns the values that were sent. */
const returnsBody = ({ operationId, method }: Operation): boolean =>
  method === 'post' || /Accounts?$/.test(operationId);

function expectedStatus(operation: Operation, caller: Caller, target: Target): number {
  if (!isRole(caller)) return 401;
  switch (getExpectedAccess(operation.operationId, operation.roles ?? [], caller, target)) {
    case 'denied':
      return 403;
    case 'hidden':
      return 404;
    case 'allowed':
      return Math.max(
        ...Object.keys(operation.responses)
          .map(Number)
          .filter((status) => status < 300),
      );
  }
}

async function call(operation: Operation, targetIds: TargetIds, { key }: Credential) {
  const made = CALL_BUILDERS[operation.operationId]?.(targetIds);
  if (!made) throw new Error(`Nobody has said who may call ${operation.operationId}`);
  const { path, body } = made;
  return sendRaw(server.url, {
    method: operation.method.toUpperCase(),
    path,
    headers: { ...(key && bearer(key)), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function newestDenial() {
  const { audit } = await server.admin.audit.list({ outcome: 'denied', limit: 1 });
  return audit[0] ?? null;
}
