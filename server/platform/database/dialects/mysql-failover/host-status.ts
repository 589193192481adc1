/** Whether a member of several database servers is the one to write to, judged by what it says of itself. Pure. */

/** What a server says of itself. */
export interface ProbeResult {
  /** Its global variables of the names `ASKED`; one that it does not know is missing. */
  readonly variables: ReadonlyMap<string, string>;
  /** Its view of its group; empty when it has none, null when this user may not see it. */
  readonly group: readonly GroupMember[] | null;
}

/** A row of performance_schema.replication_group_members. */
export interface GroupMember {
  /** Whether this row is of the server that was asked. */
  readonly isSelf: boolean;
  readonly state: string;
  readonly role: string;
}

export type HostStatus =
  /** `isSole` when a group of servers guarantees that no other one takes writes at the same time. */
  | { readonly isWritable: true; readonly hasQuorum: boolean }
  /** `isSilent` when it did not answer, so that nothing is known of it. */
  | { readonly isWritable: false; readonly isUnreachable: boolean; readonly reason: string };

export const VARIABLE_NAMES = ['read_only', 'super_read_only', 'offline_mode', 'group_replication_group_name'] as const;

export const notWritable = (reason: string): HostStatus => ({ isWritable: false, isUnreachable: false, reason });

/** `read_only` is known to all of the family, the rest to MySQL only. A server that has a group must be its primary. */
export function toHostStatus({ variables, group }: ProbeResult): HostStatus {
  if (isOn(variables.get('offline_mode'))) return notWritable('it is in offline mode');
  const inGroup = hasGroup(variables);
  const reason = inGroup ? findPrimaryProblem(group) : null;
  if (reason) return notWritable(reason);
  if (isOn(variables.get('super_read_only')) || isOn(variables.get('read_only'))) return notWritable('it is read-only');
  return { isWritable: true, hasQuorum: inGroup };
}

/** True for a server that is set up for a group, also while it is not part of it. */
export const hasGroup = (variables: ProbeResult['variables']): boolean =>
  (variables.get('group_replication_group_name') ?? '') !== '';

/** Anything but OFF refuses writes of somebody: MariaDB has more values than ON. */
const isOn = (value: string | undefined): boolean => value !== undefined && value !== 'OFF' && value !== '0';

function findPrimaryProblem(group: ProbeResult['group']): string | null {
  if (!group) {
    return 'this user may not see its group (GRANT SELECT ON performance_schema.replication_group_members lets it)';
  }
  const self = group.find(({ isSelf }) => isSelf);
  // A server that has come back and has not joined is writable by itself. Its group goes on without it.
  if (self?.state !== 'ONLINE') return `it is no working part of its group (${self?.state ?? 'OFFLINE'})`;
  const reachable = group.filter(({ state }) => state !== 'UNREACHABLE').length;
  // A primary that is cut off still calls itself one, while the others choose a new one.
  if (reachable * 2 <= group.length) return `it sees only ${reachable} of the ${group.length} members of its group`;
  if (group.filter(({ role }) => role === 'PRIMARY').length > 1) return 'its group has several primaries';
  return self.role === 'PRIMARY' ? null : 'it is a secondary of its group';
}
