/** The door that REST and MCP share: whose key it is, asked on behalf of the address that sent it. */
import type { Principal } from '../context.ts';
import type { RateLimits } from '../limits/service.ts';
import type { Counter } from '../metrics/metrics.ts';
import type { KeyRing } from './key-ring.ts';

export class Door {
  constructor(
    private readonly ring: KeyRing,
    private readonly limits: RateLimits,
    private readonly refusals: Counter,
  ) {}

  /**
   * The holder of a key, or null. An address that has sent too many refused keys gets `too-many-requests` before the
   * database is asked, except for keys that are known here: valid callers behind the same address are not harmed.
   * A request from within the process has no address, and came through this door once already.
   */
  async holderOf(key: string, address: string | undefined): Promise<Principal | null> {
    const known = this.ring.freshHolderOf(key);
    if (known) return known;
    if (address !== undefined && !this.ring.knows(key)) await this.limits.requireTrusted(address);
    const principal = await this.ring.holderOf(key);
    if (principal) return principal;
    this.refusals.inc();
    if (address !== undefined) await this.limits.noteRefused(address);
    return null;
  }
}
