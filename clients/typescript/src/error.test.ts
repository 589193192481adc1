import { expect, expectTypeOf, test } from 'vitest';
import { FleetbeatError } from './error.ts';
import { createFleetbeat, type Fetch, type ProblemKind, type Schemas } from './index.ts';

const createClient = (fetch: Fetch) =>
  createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch, retries: 0 });

test('a page in place of an answer is a FleetbeatError that says so', async () => {
  const portal = createClient(async () => new Response('<html>Sign in</html>', { status: 200 }));
  const error: unknown = await portal.me().catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(FleetbeatError);
  expect(error).toMatchObject({ status: 200, kind: 'about:blank', message: expect.stringContaining('not JSON') });
});

test('the kind of a problem is one of those that exist', async () => {
  const type = '/problems/session-limit-reached';
  const full = createClient(async () =>
    Response.json({ type, title: 'Full', status: 409, detail: 'Full', instance: '1' }, { status: 409 }),
  );
  await expect(full.me()).rejects.toMatchObject({ kind: 'session-limit-reached' });
  expectTypeOf<FleetbeatError['kind']>().toEqualTypeOf<ProblemKind | 'about:blank'>();
  expectTypeOf<Extract<'tpyo', ProblemKind>>().toBeNever();
  expectTypeOf<Schemas['Task']['taskId']>().toBeString();
});
