import { expect, test } from 'vitest';
import { type Facts, type GroupRow, standingOf } from './standing.ts';

const WRITABLE = { read_only: 'OFF', super_read_only: 'OFF', offline_mode: 'OFF' };
const GROUP = { group_replication_group_name: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' };
const factsOf = (variables: Readonly<Record<string, string>>, group: Facts['group'] = []): Facts => ({
  variables: new Map(Object.entries(variables)),
  group,
});

const self: GroupRow = { isSelf: true, state: 'ONLINE', role: 'PRIMARY' };
const other: GroupRow = { isSelf: false, state: 'ONLINE', role: 'SECONDARY' };
const lost: GroupRow = { ...other, state: 'UNREACHABLE' };
const inGroup = (...group: GroupRow[]) => standingOf(factsOf({ ...WRITABLE, ...GROUP }, group));

test('a lone server that is not read-only takes writes, and others may as well', () => {
  expect(standingOf(factsOf(WRITABLE))).toEqual({ takesWrites: true, isSole: false });
  expect(standingOf(factsOf({ read_only: 'OFF' }))).toEqual({ takesWrites: true, isSole: false });
  expect(standingOf(factsOf({ ...WRITABLE, group_replication_group_name: '' }))).toMatchObject({ takesWrites: true });
});

test.each([
  ['read_only', 'ON', 'read-only'],
  ['read_only', 'NO_LOCK', 'read-only'],
  ['super_read_only', 'ON', 'read-only'],
  ['offline_mode', 'ON', 'offline mode'],
])('%s=%s refuses writes', (name, value, why) => {
  const standing = standingOf(factsOf({ ...WRITABLE, [name]: value }));
  expect(standing).toMatchObject({ takesWrites: false, isSilent: false, why: expect.stringContaining(why) });
  const primary = standingOf(factsOf({ ...WRITABLE, ...GROUP, [name]: value }, [self, other, other]));
  expect(primary).toMatchObject({ takesWrites: false, why: expect.stringContaining(why) });
});

test('the primary of a group that sees a majority is the only one to take writes', () => {
  for (const group of [
    [self],
    [self, other],
    [self, other, other],
    [self, other, lost],
    [self, other, other, lost, lost],
  ])
    expect(inGroup(...group)).toEqual({ takesWrites: true, isSole: true });
});

test.each<[string, GroupRow[], string]>([
  ['a primary in a minority', [self, lost, lost], 'sees only 1 of the 3 members'],
  ['a primary with half of its group', [self, lost], 'sees only 1 of the 2 members'],
  [
    'a secondary',
    [
      { ...self, role: 'SECONDARY' },
      { ...other, role: 'PRIMARY' },
    ],
    'a secondary',
  ],
  ['a server that has come back and has not joined', [{ isSelf: false, state: 'OFFLINE', role: '' }], 'OFFLINE'],
  ['a server that knows no group', [], 'OFFLINE'],
  ['a member that is still recovering', [{ ...self, state: 'RECOVERING' }, other, other], 'RECOVERING'],
  ['a member that was expelled', [{ ...self, state: 'ERROR' }], 'ERROR'],
  ['a primary beside others', [self, { ...other, role: 'PRIMARY' }], 'several primaries'],
])('%s takes no writes, though it is not read-only', (_what, group, why) => {
  expect(inGroup(...group)).toMatchObject({ takesWrites: false, why: expect.stringContaining(why) });
});

test('a member whose group this user may not see takes no writes, and the words tell which right is missing', () => {
  const standing = standingOf(factsOf({ ...WRITABLE, ...GROUP }, null));
  expect(standing).toMatchObject({ takesWrites: false, why: expect.stringContaining('GRANT SELECT ON performance') });
});
