import { expect, test } from 'vitest';
import { type GroupMember, type ProbeResult, toHostStatus } from './host-status.ts';

const WRITABLE = { read_only: 'OFF', super_read_only: 'OFF', offline_mode: 'OFF' };
const GROUP = { group_replication_group_name: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' };
const toProbeResult = (variables: Readonly<Record<string, string>>, group: ProbeResult['group'] = []): ProbeResult => ({
  variables: new Map(Object.entries(variables)),
  group,
});

const self: GroupMember = { isSelf: true, state: 'ONLINE', role: 'PRIMARY' };
const other: GroupMember = { isSelf: false, state: 'ONLINE', role: 'SECONDARY' };
const lost: GroupMember = { ...other, state: 'UNREACHABLE' };
const statusInGroup = (...group: GroupMember[]) => toHostStatus(toProbeResult({ ...WRITABLE, ...GROUP }, group));

test('a server without a group that is not read-only accepts writes, without a quorum', () => {
  expect(toHostStatus(toProbeResult(WRITABLE))).toEqual({ isWritable: true, hasQuorum: false });
  expect(toHostStatus(toProbeResult({ read_only: 'OFF' }))).toEqual({ isWritable: true, hasQuorum: false });
  expect(toHostStatus(toProbeResult({ ...WRITABLE, group_replication_group_name: '' }))).toMatchObject({
    isWritable: true,
  });
});

test.each([
  ['read_only', 'ON', 'read-only'],
  ['read_only', 'NO_LOCK', 'read-only'],
  ['super_read_only', 'ON', 'read-only'],
  ['offline_mode', 'ON', 'offline mode'],
])('%s=%s refuses writes', (name, value, why) => {
  const status = toHostStatus(toProbeResult({ ...WRITABLE, [name]: value }));
  expect(status).toMatchObject({ isWritable: false, isUnreachable: false, reason: expect.stringContaining(why) });
  const primary = toHostStatus(toProbeResult({ ...WRITABLE, ...GROUP, [name]: value }, [self, other, other]));
  expect(primary).toMatchObject({ isWritable: false, reason: expect.stringContaining(why) });
});

test('a group primary that sees a majority accepts writes, with a quorum', () => {
  for (const group of [
    [self],
    [self, other],
    [self, other, other],
    [self, other, lost],
    [self, other, other, lost, lost],
  ])
    expect(statusInGroup(...group)).toEqual({ isWritable: true, hasQuorum: true });
});

test.each<[string, GroupMember[], string]>([
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
])('%s accepts no writes, although it is not read-only', (_what, group, why) => {
  expect(statusInGroup(...group)).toMatchObject({ isWritable: false, reason: expect.stringContaining(why) });
});

test('a member whose group this user may not read accepts no writes, and the reason names the missing right', () => {
  const status = toHostStatus(toProbeResult({ ...WRITABLE, ...GROUP }, null));
  expect(status).toMatchObject({ isWritable: false, reason: expect.stringContaining('GRANT SELECT ON performance') });
});
