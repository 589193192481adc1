/** What a message of MCP costs. A call goes into the app and is counted there; everything else is one read. */

import type { RateLimits } from '../../platform/limits/service.ts';
import type { Principal } from '../../platform/principal.ts';

/** Methods that become requests to REST, which count themselves. */
const COUNTED_BY_REST = new Set(['tools/call', 'resources/list', 'resources/read']);

/** Throws `too-many-requests` for a body that costs more than is left. */
export async function chargeMessages(limits: RateLimits, principal: Principal, body: unknown): Promise<void> {
  for (const { method } of toMessages(body)) {
    if (typeof method !== 'string' || COUNTED_BY_REST.has(method)) continue;
    limits.requireWithinBudget(await limits.countRequest(principal, 'read'));
  }
}

/** One message, or a batch of them (revision 2025-03-26). */
const toMessages = (body: unknown): readonly { readonly method?: unknown }[] =>
  (Array.isArray(body) ? body : [body]).filter((each) => typeof each === 'object' && each !== null);
