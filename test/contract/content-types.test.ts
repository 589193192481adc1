import { queryObjects } from 'node:v8';
import { SchemaEnv } from 'ajv/dist/compile/index.js';
import { beforeAll, expect, test } from 'vitest';
import { type ContractFixtures, createContractFixtures } from '../support/contract-fixtures.ts';
import { bearer, sendRaw } from '../support/raw-request.ts';
import { useTestServer } from '../support/use-test-server.ts';

const TIMES = 50;

let fixtures: ContractFixtures;
const server = useTestServer();
beforeAll(async () => {
  fixtures = await createContractFixtures(server);
});

/** The number of compiled validators in this process, after garbage collection. */
const compiledChecks = (): number => queryObjects(SchemaEnv) as number;

test.each([
  ['with parameters that are ignored', (index: number) => `application/json; v=${index}`, 200],
  ['in many spellings', (index: number) => `${' '.repeat(index)}Application/JSON ; charset=UTF-8;v${index}`, 200],
  ['that nobody has heard of', (index: number) => `application/x-${index}`, 415],
  ['with charsets that nobody has heard of', (index: number) => `application/json; charset=x-${index}`, 415],
])('any number of media types %s leaves nothing behind', async (_which, type, status) => {
  const { programId, sessionId } = fixtures.pathParameters;
  const key = bearer(await fixtures.createKey('program'));
  const requests = [
    { method: 'PATCH', path: `/v1/sessions/${sessionId}`, body: '{"status":"Working"}', status },
    { method: 'PATCH', path: `/v1/programs/${programId}/state`, body: '{"config":{}}', status },
    { method: 'GET', path: '/v1/sessions', status: 200 },
    { method: 'GET', path: '/healthz', status: 200 },
  ];
  const ask = async (contentType: string) => {
    for (const { status: expected, ...request } of requests) {
      const answer = await sendRaw(server.url, { ...request, headers: { ...key, 'content-type': contentType } });
      expect(answer.status).toBe(expected);
    }
  };
  await ask(type(0));
  const before = compiledChecks();
  expect(before).toBeGreaterThan(0);
  for (let index = 1; index <= TIMES; index += 1) await ask(type(index));
  // Fewer, when what an earlier file compiled was collected meanwhile.
  expect(compiledChecks()).toBeLessThanOrEqual(before);
});
