/** Which of several database servers to write to. */
import type { Host } from './host.ts';
import type { HostStatus } from './host-status.ts';

/** No server can be written to without doubt. The message has a line for each. */
export class NoPrimaryError extends Error {
  readonly code = 'NO_PRIMARY';
}

export interface SelectedPrimary {
  readonly host: Host;
  readonly hasQuorum: boolean;
}

/**
 * Asks all of them at once. The primary of a group is taken as soon as it answers; without a group exactly one must take
 * writes, or the one that was written to until now (`current`) must be among them, because two that both take writes know
 * nothing of each other's. Throws `NoPrimary`.
 */
export async function selectPrimary(hosts: readonly Host[], current: Host | null): Promise<SelectedPrimary> {
  const probes = hosts.map(async (member) => ({ member, standing: await member.probe() }));
  const quorumPrimary = await Promise.any(probes.map(requireQuorumPrimary)).catch(() => null);
  if (quorumPrimary) return { host: quorumPrimary.member, hasQuorum: true };
  const found = await Promise.all(probes);
  const writable = found.filter(({ standing }) => standing.isWritable).map(({ member }) => member);
  const host = writable.length === 1 ? writable[0] : writable.find((candidate) => candidate === current);
  if (host) return { host, hasQuorum: false };
  throw new NoPrimaryError(
    found.map(({ member: { address }, standing }) => `${address.name}: ${describeStatus(standing)}`).join('\n'),
  );
}

async function requireQuorumPrimary(probe: Promise<{ member: Host; standing: HostStatus }>) {
  const found = await probe;
  if (!found.standing.isWritable || !found.standing.hasQuorum) throw new Error('not the primary of a group');
  return found;
}

const describeStatus = (status: HostStatus): string =>
  status.isWritable ? 'it takes writes, and it is not the only one' : status.reason;
