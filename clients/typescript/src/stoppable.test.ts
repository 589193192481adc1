import { expect, test } from 'vitest';
import { createFleetbeat, type Fetch } from './index.ts';

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
