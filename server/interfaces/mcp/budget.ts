/** What a message of MCP costs. A call goes into the app and is counted there; everything else is one read. */
import type { Principal } from '../../platform/context.ts';
import type { RateLimits } from '../../platform/limits/service.ts';

/** Methods that become requests to REST, which count themselves. */
const COUNTED_THERE = new Set(['tools/call', 'resources/list', 'resources/read']);

/** Throws `too-many-requests` for a body that costs more than is left. */
export async function charge(limits: RateLimits, principal: Principal, body: unknown): Promise<void> {
  for (const { method } of messagesOf(body)) {
    if (typeof method !== 'string' || COUNTED_THERE.has(method)) continue;
    limits.requireRoom(await limits.request(principal, 'read'));
  }
}

/** One message, or a batch of them (revision 2025-03-26). */
const messagesOf = (body: unknown): readonly { readonly method?: unknown }[] =>
  (Array.isArray(body) ? body : [body]).filter((each) => typeof each === 'object' && each !== null);
