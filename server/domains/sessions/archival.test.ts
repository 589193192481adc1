import { expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { newSession } from './creation-rules.ts';
import { livenessAt } from './liveness.ts';
import { archivalReason } from './rules.ts';

const settings = readConfig({});
const HOUR = 3_600_000;
const at = (now: number) => livenessAt({ now: () => now, upSince: () => 0 }, settings);
const BORN = 1_000_000;
const session = newSession({ accountId: 'main', sessionId: 's', programId: 'p' }, { name: 'Run' }, BORN);

test.each([
  ['working', HOUR - 1, null],
  ['working', HOUR, 'silent'],
  ['working', HOUR + 1, 'silent'],
  ['blocked', HOUR - 1, null],
  ['blocked', HOUR, 'silent'],
  ['pinned', 30 * 24 * HOUR, null],
] as const)('a %s session that is silent for %i ms is to be archived: %s', (state, silentFor, reason) => {
  expect(archivalReason({ ...session, state }, at(BORN + silentFor), settings)).toBe(reason);
});

test.each([
  [24 * HOUR - 1, null],
  [24 * HOUR, 'complete'],
  [24 * HOUR + 1, 'complete'],
] as const)('a session that was completed %i ms ago is to be archived: %s', (ago, reason) => {
  const late = {
    ...session,
    state: 'complete',
    completedAt: BORN,
    updatedAt: BORN + ago,
    lastHeartbeat: BORN + ago,
  } as const;
  expect(archivalReason(late, at(BORN + ago), settings)).toBe(reason);
});

test('an archived session is not archived again', () => {
  expect(archivalReason({ ...session, archived: true }, at(BORN + 100 * HOUR), settings)).toBeNull();
});
