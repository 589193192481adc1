/** Selects the database host to write to. */
import type { Host } from './host.ts';
import type { HostStatus } from './host-status.ts';

/** No host is certain to be the primary. The message has one line per host. */
export class NoPrimaryError extends Error {
  readonly code = 'NO_PRIMARY';
}

export interface SelectedPrimary {
  readonly host: Host;
  readonly hasQuorum: boolean;
}

/**
 * Probes all hosts concurrently and returns the primary. The primary of a replication group is selected as soon as it
 * responds. Without a group exactly one host must accept writes, or `current` must be among those that do: choosing between
 * two independent writable hosts could split the data. Throws NoPrimaryError.
 */
export async function selectPrimary(hosts: readonly Host[], current: Host | null): Promise<SelectedPrimary> {
  const probes = hosts.map(async (host) => ({ host, status: await host.probe() }));
  const quorumPrimary = await Promise.any(probes.map(requireQuorumPrimary)).catch(() => null);
  if (quorumPrimary) return { host: quorumPrimary.host, hasQuorum: true };
  const probed = await Promise.all(probes);
  const writable = probed.filter(({ status }) => status.isWritable).map(({ host }) => host);
  const primary = writable.length === 1 ? writable[0] : writable.find((candidate) => candidate === current);
  if (primary) return { host: primary, hasQuorum: false };
  throw new NoPrimaryError(
    probed.map(({ host: { address }, status }) => `${address.name}: ${describeStatus(status)}`).join('\n'),
  );
}

async function requireQuorumPrimary(probe: Promise<{ host: Host; status: HostStatus }>) {
  const probed = await probe;
  if (!probed.status.isWritable || !probed.status.hasQuorum) throw new Error('not the primary of a group');
  return probed;
}

const describeStatus = (status: HostStatus): string =>
  status.isWritable ? 'it takes writes, and it is not the only one' : status.reason;
