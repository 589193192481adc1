import { asyncProperty, assert as holds, integer, nat } from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../openapi/operations.ts';
import { operations } from '../../server/contract.ts';
import { type Cast, castOf, targetOf, withQuery } from '../support/example-requests.ts';
import { openTestHouse, type TestHouse } from '../support/house.ts';
import { expectProblem } from '../support/problems.ts';
import { inlined } from '../support/schemas.ts';
import { bearer, send } from '../support/send.ts';
import { spoiledRequests, type ValidRequest } from '../support/spoiled-requests.ts';
import { validValue } from '../support/valid-values.ts';

/** The same in every run, so that a failure can be seen again. */
const SEED = 20260224;
const SPOILED_RUNS = 250;
const VALID_RUNS = 30;

let house: TestHouse;
let cast: Cast;
beforeAll(async () => {
  console.log(`The seed is ${SEED}.`);
  house = await openTestHouse();
  house.clock.stop();
  cast = await castOf(house);
});
afterAll(() => house.close());

/** A request that the contract lets through. */
function validRequest(operation: Operation, seed: number, key: string | undefined): ValidRequest {
  const value = operation.body ? validValue(inlined(operation.body.schema), seed) : undefined;
  return {
    method: operation.method.toUpperCase(),
    path: targetOf(operation, cast.things),
    headers: { ...(key && bearer(key)), ...(operation.body && { 'content-type': 'application/json' }) },
    ...(operation.body && { value, body: JSON.stringify(value) }),
  };
}

function validQuery({ parameters }: Operation, seed: number): string {
  const chosen = parameters.filter((each, index) => each.in === 'query' && !each.required && (seed >> index) % 2 === 0);
  const pairs = chosen.map(({ name, schema }): [string, string] => [name, String(validValue(inlined(schema), seed))]);
  return String(new URLSearchParams(pairs));
}

/** All that can be read of the account, but for refusals, which leave a line in its audit. */
async function everything(): Promise<unknown> {
  const { admin } = house;
  const { programId = '', sessionId = '' } = cast.things;
  const { audit } = await admin.audit.list({ outcome: 'done', limit: 50 });
  return {
    newestAct: audit.find(({ action }) => !['getProgramState', 'listMessages'].includes(action)),
    accounts: await admin.accounts.list({ limit: 50 }),
    programs: await admin.programs.list({ limit: 50 }),
    timeline: await admin.sessions.timeline(sessionId),
    sessions: await admin.sessions.list({ limit: 50, includeArchived: true }),
    keys: await admin.keys.list({ limit: 50 }),
    fleet: await admin.fleet.health(),
    state: await admin.state.read(programId),
    tasks: await admin.tasks.list({ state: 'all', limit: 50 }),
    inbox: await admin.messages.list({ programId, includeRead: true, limit: 50 }),
    sent: await admin.messages.sent({ limit: 50 }),
  };
}

const cases = operations.map((each) => [each.operationId, each] as const);

describe.each(cases)('%s', (_name, operation) => {
  test('refuses every spoiled request with the right problem, and nothing is written', async () => {
    const key = await cast.keyFor(operation);
    const before = await everything();
    const refused = asyncProperty(integer({ min: 0, max: 1_000_000 }), nat(), async (seed, pick) => {
      const all = spoiledRequests(operation, validRequest(operation, seed, key));
      const { how, status, spoil, ...request } = all[pick % all.length] as (typeof all)[number];
      const answer = await send(house.url, { ...request, ...(spoil && { body: spoil() }) });
      expect({ how, status: answer.status }).toEqual({ how, status });
      expectProblem(answer, status);
    });
    const ways = spoiledRequests(operation, validRequest(operation, 0, key)).length;
    await holds(refused, { seed: SEED, numRuns: Math.min(SPOILED_RUNS, 2 * ways) });
    expect(await everything()).toEqual(before);
  });
});

describe.each(cases)('%s', (_name, operation) => {
  test('answers every request that keeps to the contract, and never with a failure of its own', async () => {
    const key = await cast.keyFor(operation);
    const answered = asyncProperty(integer({ min: 0, max: 1_000_000 }), async (seed) => {
      const { path, ...request } = validRequest(operation, seed, key);
      const answer = await send(house.url, { ...request, path: withQuery(path, validQuery(operation, seed)) });
      expect(Object.keys(operation.responses)).toContain(String(answer.status));
      expect(answer.status, answer.text).toBeLessThan(500);
      if (answer.status >= 400) expectProblem(answer, answer.status);
    });
    await holds(answered, { seed: SEED, numRuns: VALID_RUNS });
  });
});
