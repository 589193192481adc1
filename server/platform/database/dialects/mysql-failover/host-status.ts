/** Decides from a server's own variables and group view whether it accepts writes. Pure. */

/** What a probe read from a server. */
export interface ProbeResult {
  /** The global variables in VARIABLE_NAMES that the server has. */
  readonly variables: ReadonlyMap<string, string>;
  /** Its view of its replication group; empty without a group, null when this user lacks the right to read it. */
  readonly group: readonly GroupMember[] | null;
}

/** A row of performance_schema.replication_group_members. */
export interface GroupMember {
  /** Whether this row describes the probed server. */
  readonly isSelf: boolean;
  readonly state: string;
  readonly role: string;
}

export type HostStatus =
  /** `hasQuorum` when a replication group guarantees that no other host accepts writes at the same time. */
  | { readonly isWritable: true; readonly hasQuorum: boolean }
  /** `isUnreachable` when the probe failed, so that the host's state is unknown. */
  | { readonly isWritable: false; readonly isUnreachable: boolean; readonly reason: string };

export const VARIABLE_NAMES = ['read_only', 'super_read_only', 'offline_mode', 'group_replication_group_name'] as const;

export const notWritable = (reason: string): HostStatus => ({ isWritable: false, isUnreachable: false, reason });

/** `read_only` exists on MySQL and MariaDB, the other variables on MySQL only. A server with a group must be its primary. */
export function toHostStatus({ variables, group }: ProbeResult): HostStatus {
  if (isOn(variables.get('offline_mode'))) return notWritable('it is in offline mode');
  const inGroup = hasGroup(variables);
  const reason = inGroup ? findPrimaryProblem(group) : null;
  if (reason) return notWritable(reason);
  if (isOn(variables.get('super_read_only')) || isOn(variables.get('read_only'))) return notWritable('it is read-only');
  return { isWritable: true, hasQuorum: inGroup };
}

/** True for a server that is configured for a replication group, even if it has not joined. */
export const hasGroup = (variables: ProbeResult['variables']): boolean =>
  (variables.get('group_replication_group_name') ?? '') !== '';

/** Any value but OFF restricts writes: MariaDB has more than ON. */
const isOn = (value: string | undefined): boolean => value !== undefined && value !== 'OFF' && value !== '0';

function findPrimaryProblem(group: ProbeResult['group']): string | null {
  if (!group) {
    return 'this user may not see its group (GRANT SELECT ON performance_schema.replication_group_members lets it)';
  }
  const self = group.find(({ isSelf }) => isSelf);
  // A restarted server that has not rejoined is writable, but its writes would never reach the group.
  if (self?.state !== 'ONLINE') return `it is no working part of its group (${self?.state ?? 'OFFLINE'})`;
  const reachable = group.filter(({ state }) => state !== 'UNREACHABLE').length;
  // A partitioned primary still reports itself as primary while the majority elects another.
  if (reachable * 2 <= group.length) return `it sees only ${reachable} of the ${group.length} members of its group`;
  if (group.filter(({ role }) => role === 'PRIMARY').length > 1) return 'its group has several primaries';
  return self.role === 'PRIMARY' ? null : 'it is a secondary of its group';
}
