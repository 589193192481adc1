import { expect, expectTypeOf, test } from 'vitest';
import { createFleetbeat, type EventOf, type Fetch, type FleetEvent } from './index.ts';

const neverAnswers: Fetch = () => new Promise(() => undefined);

test('return() ends a loop over events that waits for the next one', async () => {
  let signal: AbortSignal | null | undefined;
  const fetch: Fetch = (url, init) => {
    signal = init.signal;
    return neverAnswers(url, init);
  };
  const events = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch }).events();
  const next = events.next();
  await expect.poll(() => signal).toBeDefined();
  expect(await events.return()).toEqual({ done: true, value: undefined });
  expect(await next).toEqual({ done: true, value: undefined });
  expect(signal?.aborted).toBe(true);
});

test('return() before the first event opens no connection', async () => {
  let calls = 0;
  const fetch: Fetch = (url, init) => {
    calls += 1;
    return neverAnswers(url, init);
  };
  const events = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch }).events();
  await events.return();
  expect(await events.next()).toEqual({ done: true, value: undefined });
  expect(calls).toBe(0);
});

test('the type of an event follows from the types that were asked for', () => {
  const { events } = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b', fetch: neverAnswers });
  expectTypeOf(events({ types: ['task.created'] })).toEqualTypeOf<
    AsyncGenerator<EventOf<'task.created'>, void, undefined>
  >();
  expectTypeOf(events()).toEqualTypeOf<AsyncGenerator<FleetEvent, void, undefined>>();
  expectTypeOf<EventOf<'task.created'>['data']['title']>().toBeString();
  expectTypeOf<EventOf<'task.created'>['type']>().toEqualTypeOf<'task.created'>();
  expectTypeOf<EventOf<FleetEvent['type']>['type']>().toEqualTypeOf<FleetEvent['type']>();
});
