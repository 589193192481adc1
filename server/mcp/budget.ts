/** What a message of MCP costs. A call goes into the app and is counted there; everything else is one read. */
import type { Principal } from '../context.ts';
import { Fault } from '../faults.ts';
import { problemOf } from '../http/problem.ts';
import type { RateLimits } from '../limits/service.ts';

/** Methods that become requests to REST, which count themselves. */
const COUNTED_THERE = new Set(['tools/call', 'resources/list', 'resources/read']);

/** The 429 of a body that costs more than is left, as REST answers it; null when there is room. */
export async function refusalOf(
  limits: RateLimits,
  principal: Principal,
  body: unknown,
  instance: string,
): Promise<Response | null> {
  try {
    for (const { method } of messagesOf(body)) {
      if (typeof method !== 'string' || COUNTED_THERE.has(method)) continue;
      limits.requireRoom(await limits.request(principal, 'read'));
    }
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const headers = {
      'Content-Type': 'application/problem+json',
      'Retry-After': String(error.extensions.retryAfterSeconds ?? 1),
    };
    const problem = problemOf(error, instance);
    return new Response(JSON.stringify(problem), { status: problem.status, headers });
  }
}

/** One message, or a batch of them (revision 2025-03-26). */
const messagesOf = (body: unknown): readonly { readonly method?: unknown }[] =>
  (Array.isArray(body) ? body : [body]).filter((each) => typeof each === 'object' && each !== null);
