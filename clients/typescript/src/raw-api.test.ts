import { expect, test } from 'vitest';
import { createFleetbeat, type Fetch } from './index.ts';

const key = 'fb_a_b';

function createRecordingFetch() {
  const sent: { readonly url: string; readonly init: RequestInit; readonly headers: Headers }[] = [];
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, init, headers: new Headers(init.headers) });
    return Response.json({ tasks: [], nextCursor: null });
  };
  return { sent, fetch };
}

test('api sends what the methods send', async () => {
  const { sent, fetch } = createRecordingFetch();
  const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost/', key, fetch });
  const query = { target: 'builder one', limit: 5 };
  const body = { title: 'Review', target: 'builder' };
  await fleetbeat.tasks.list(query);
  await fleetbeat.api.GET('/v1/tasks', { params: { query } });
  await fleetbeat.tasks.create(body, { idempotencyKey: 'one' });
  await fleetbeat.api.POST('/v1/tasks', { body, headers: { 'Idempotency-Key': 'one' } });
  await fleetbeat.tasks.claim('a/b', undefined, { idempotencyKey: 'two' });
  await fleetbeat.api.POST('/v1/tasks/{taskId}/claim', {
    ...{ params: { path: { taskId: 'a/b' } }, body: {}, headers: { 'Idempotency-Key': 'two' } },
  });
  const requests = sent.map(({ url, init: { method, body: text }, headers }) => {
    const { pathname, searchParams } = new URL(url);
    return { method, pathname, query: [...searchParams], text, headers: [...headers].sort() };
  });
  expect(requests).toHaveLength(6);
  expect([requests[1], requests[3], requests[5]]).toEqual([requests[0], requests[2], requests[4]]);
  expect(requests[4]).toMatchObject({ method: 'POST', pathname: '/v1/tasks/a%2Fb/claim', text: '{}' });
  expect(Object.fromEntries(requests[2]?.headers ?? [])).toMatchObject({
    ...{ authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'one' },
  });
});

test('middleware sees the calls of the methods, from the next one on, until it is ejected', async () => {
  const { sent, fetch } = createRecordingFetch();
  const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch });
  const middleware = {
    onRequest: ({ request, schemaPath }: { request: Request; schemaPath: string }) =>
      request.headers.set('X-Path', schemaPath),
  };
  fleetbeat.api.use(middleware);
  await fleetbeat.tasks.get('one', { headers: { 'X-Own': 'yes' } });
  await fleetbeat.tasks.complete('one', { outcome: 'succeeded' });
  fleetbeat.api.eject(middleware);
  await fleetbeat.tasks.get('one');
  expect(sent.map(({ headers }) => headers.get('x-path'))).toEqual([
    ...['/v1/tasks/{taskId}', '/v1/tasks/{taskId}/complete', null],
  ]);
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(Array(3).fill(`Bearer ${key}`));
  expect(sent[0]?.headers.get('x-own')).toBe('yes');
  expect(sent[1]?.init.body).toBe('{"outcome":"succeeded"}');
});

test("a call's limits hold through middleware", async () => {
  let attempts = 0;
  const fetch: Fetch = async () => {
    attempts += 1;
    return new Response(null, { status: 503 });
  };
  const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch, random: () => 0 });
  fleetbeat.api.use({ onRequest: () => undefined });
  await expect(fleetbeat.me({ retries: 1 })).rejects.toMatchObject({ status: 503 });
  expect(attempts).toBe(2);
});

test.each(['', '.', '..'])(
  'an id that is %j would be another operation, and is refused before anything is sent',
  async (id) => {
    const { sent, fetch } = createRecordingFetch();
    const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch });
    const calls = [
      () => fleetbeat.tasks.get(id),
      () => fleetbeat.state.read(id),
      () => fleetbeat.sessions.update(id, { status: 'Working' }),
      () => fleetbeat.patterns.remove('builder', id),
      () => fleetbeat.sessions.allChanges(id).next(),
      () => fleetbeat.api.GET('/v1/tasks/{taskId}', { params: { path: { taskId: id } } }),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow(TypeError);
    expect(sent).toEqual([]);
  },
);

test('many calls at once leave no listeners behind that Node would warn of', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const { fetch } = createRecordingFetch();
  const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key, fetch });
  await Promise.all(Array.from({ length: 50 }, () => fleetbeat.tasks.list()));
  await new Promise(setImmediate);
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
});
