import { expect, test } from 'vitest';
import { trackContextRise } from './context-rise.ts';
import { newSession } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';

const NOW = 1_800_000_000_000;
const OWNER = { accountId: 'main', sessionId: 's-1', programId: 'builder' };
const percent = (contextUsedPercent: number) => ({ contextUsedPercent, contextBytes: null });
const bytes = (contextBytes: number | null) => ({ contextUsedPercent: null, contextBytes });
const session = (use: Partial<SessionRow>): SessionRow => ({
  ...newSession(OWNER, { name: 'Auth' }, NOW - 10),
  ...use,
});
const rising = session({ ...percent(40), contextRiseAt: NOW - 5, contextRisePercent: 10 });

test('the first use begins a rise, in its unit', () => {
  const at = { contextAt: NOW, contextRiseAt: NOW };
  expect(trackContextRise(null, percent(10), NOW)).toEqual({ ...at, contextRiseBytes: null, contextRisePercent: 10 });
  expect(trackContextRise(null, bytes(900), NOW)).toEqual({ ...at, contextRiseBytes: 900, contextRisePercent: null });
  expect(trackContextRise(session({}), percent(10), NOW)).toMatchObject(at);
});

test('a rise goes on while the use does not fall', () => {
  for (const use of [40, 55])
    expect(trackContextRise(rising, percent(use), NOW)).toEqual({
      contextAt: NOW,
      contextRiseAt: NOW - 5,
      contextRiseBytes: null,
      contextRisePercent: 10,
    });
  const inBytes = session({ ...bytes(900), contextRiseAt: NOW - 5, contextRiseBytes: 100 });
  expect(trackContextRise(inBytes, bytes(901), NOW)).toMatchObject({ contextRiseAt: NOW - 5, contextRiseBytes: 100 });
});

test('a fall, or another unit, begins a new one', () => {
  expect(trackContextRise(rising, percent(39), NOW)).toMatchObject({ contextRiseAt: NOW, contextRisePercent: 39 });
  expect(trackContextRise(rising, bytes(5_000), NOW)).toMatchObject({ contextRiseAt: NOW, contextRiseBytes: 5_000 });
  const inBytes = session({ ...bytes(10), contextRiseAt: NOW - 5, contextRiseBytes: 10 });
  expect(trackContextRise(inBytes, percent(40), NOW)).toMatchObject({ contextRiseAt: NOW, contextRisePercent: 40 });
});

test('who has told both units and goes on in the other begins a new one', () => {
  const both = session({ contextUsedPercent: 40, contextBytes: 100, contextRiseAt: NOW - 5, contextRisePercent: 10 });
  expect(trackContextRise(both, bytes(120), NOW)).toMatchObject({ contextRiseAt: NOW, contextRiseBytes: 120 });
  const unknown = session({ ...percent(40), contextRiseAt: null });
  expect(trackContextRise(unknown, percent(41), NOW)).toMatchObject({ contextRiseAt: NOW, contextRisePercent: 41 });
});

test('without a use there is no rise', () => {
  const none = { contextAt: null, contextRiseAt: null, contextRiseBytes: null, contextRisePercent: null };
  for (const before of [null, rising]) expect(trackContextRise(before, bytes(null), NOW)).toEqual(none);
});
