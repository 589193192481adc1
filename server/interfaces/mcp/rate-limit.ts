/** Rate limits for MCP messages. Tool calls and resource reads are counted by REST; every other message is one read. */
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Principal } from '../../platform/principal.ts';

/** Methods that become REST requests and are counted there. */
const COUNTED_BY_REST = new Set(['completion/complete', 'tools/call', 'resources/list', 'resources/read']);

/** Throws `too-many-requests` when the messages exceed the caller's budget. */
export async function chargeMessages(limits: RateLimits, principal: Principal, body: unknown): Promise<void> {
  for (const { method } of toMessages(body)) {
    if (typeof method !== 'string' || COUNTED_BY_REST.has(method)) continue;
    limits.requireWithinBudget(await limits.countRequest(principal, 'read'));
  }
}

/** The messages of a body: one, or a batch (revision 2025-03-26). */
const toMessages = (body: unknown): readonly { readonly method?: unknown }[] =>
  (Array.isArray(body) ? body : [body]).filter((each) => typeof each === 'object' && each !== null);
