import { beforeAll, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { buildExampleRequest, type ContractFixtures, createContractFixtures } from '../../support/contract-fixtures.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
let fixtures: ContractFixtures;
beforeAll(async () => {
  fixtures = await createContractFixtures(server);
  // The example of a task is for this program.
  await server.admin.keys.create({ programId: 'reviewer' });
});

/** Whoever makes a push subscription has all of it; it is listed, and has no address to be read at. */
const creating = operations.filter(
  ({ operationId, responses }) => responses['201'] && operationId !== 'createPushSubscription',
);

test.each(creating.map((each) => [each.operationId, each] as const))(
  '%s says where what it has created can be read',
  async (_name, operation) => {
    const request = buildExampleRequest(operation, fixtures.pathParameters, await fixtures.keyFor(operation));
    const headers = { ...request.headers, 'idempotency-key': operation.operationId };
    const made = await sendRaw(server.url, { ...request, headers });
    expect(made.status).toBe(201);
    const path = String(made.headers['location']);
    const read = await sendRaw(server.url, { method: 'GET', path, headers: bearer(server.adminKey) });
    expect(read.status).toBe(200);
    const [id] = path.split('/').slice(-1);
    expect(Object.values(JSON.parse(read.text))).toContain(id);
    const again = await sendRaw(server.url, { ...request, headers });
    expect(again.headers).toMatchObject({ location: path, 'idempotent-replayed': 'true' });
  },
);
