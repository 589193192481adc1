import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { buildExampleRequest } from '../../support/contract-fixtures.ts';
import { expectProblem } from '../../support/problems.ts';
import { requestStatuses, startRateLimitedServer } from '../../support/rate-limited-server.ts';
import { sendRaw } from '../../support/raw-request.ts';
import type { TestServer } from '../../support/test-server.ts';

const secured = operations.filter(({ roles }) => roles !== null);
const pathParameters = { accountId: 'main', programId: 'builder', sessionId: 'session-1', keyId: 'some-key' };

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startRateLimitedServer();
  ({ key } = await server.createAccount('free'));
  await requestStatuses(server.url, 120, { key });
  await requestStatuses(server.url, 60, { key, method: 'POST', path: '/v1/sessions', body: {} });
});
afterAll(() => server.close());

test.each(secured)('$operationId is refused when the budget is spent, whatever the key may do', async (operation) => {
  const refusal = await sendRaw(server.url, buildExampleRequest(operation, pathParameters, key));
  expect(expectProblem(refusal, 429).type).toBe('/problems/too-many-requests');
  expect(Number(refusal.headers['retry-after'])).toBeGreaterThan(0);
});

/** Documented on every response, limited or not. */
const OF_EVERY_RESPONSE = ['X-Request-Id', 'Access-Control-Allow-Origin'];

test('every operation that needs a key documents 429 with Retry-After and the RateLimit fields', () => {
  for (const { operationId, responses } of secured) {
    const { headers } = responses['429'] as unknown as { headers: Record<string, unknown> };
    const names = Object.keys(headers).filter((name) => !OF_EVERY_RESPONSE.includes(name));
    expect(names.sort(), operationId).toEqual(['RateLimit', 'RateLimit-Policy', 'Retry-After']);
  }
});
