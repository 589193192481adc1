import { asyncProperty, assert as holds, integer } from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations } from '../../server/platform/contract.ts';
import { type Cast, castOf, withQuery } from '../support/example-requests.ts';
import { openTestHouse, type TestHouse } from '../support/house.ts';
import { expectProblem } from '../support/problems.ts';
import { send } from '../support/send.ts';
import { SEED, validQuery, validRequest } from '../support/valid-requests.ts';

const RUNS = 30;

let house: TestHouse;
let cast: Cast;
beforeAll(async () => {
  console.log(`The seed is ${SEED}.`);
  house = await openTestHouse();
  house.clock.stop();
  cast = await castOf(house);
});
afterAll(() => house.close());

test.each(operations.map((each) => [each.operationId, each] as const))(
  '%s answers every request that keeps to the contract, and never with a failure of its own',
  async (_name, operation) => {
    const key = await cast.keyFor(operation);
    const answered = asyncProperty(integer({ min: 0, max: 1_000_000 }), async (seed) => {
      const { path, ...request } = validRequest(operation, cast, seed, key);
      const answer = await send(house.url, { ...request, path: withQuery(path, validQuery(operation, seed)) });
      expect(Object.keys(operation.responses)).toContain(String(answer.status));
      expect(answer.status, answer.text).toBeLessThan(500);
      if (answer.status >= 400) expectProblem(answer, answer.status);
    });
    await holds(answered, { seed: SEED, numRuns: RUNS });
  },
);
