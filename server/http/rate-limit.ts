/** Rate limits in front of the operations, told in the fields RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers). */
import type { RequestHandler, Response } from 'express';
import type { Standing } from '../limits/limiter.ts';
import type { RateLimits } from '../limits/service.ts';
import { knownPrincipalOf } from './security.ts';

/** Counts the request of a known key, before its body is read. */
export const limitRequests =
  (limits: RateLimits): RequestHandler =>
  async (request, response, next) => {
    const principal = knownPrincipalOf(request);
    if (principal) {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      const standings = await limits.request(principal, isRead ? 'read' : 'write');
      tell(response, standings);
      limits.requireRoom(standings);
    }
    next();
  };

interface Validated {
  readonly openapi?: { readonly schema: { readonly operationId: string } };
}

/** Counts writes of program state that the contract has let through: one that was refused as invalid costs none. */
export const limitStateWrites =
  (limits: RateLimits): RequestHandler =>
  async (request, response, next) => {
    const principal = knownPrincipalOf(request);
    if (principal && (request as Validated).openapi?.schema.operationId === 'updateProgramState') {
      const standings = await limits.stateWrite(principal);
      tell(response, standings);
      limits.requireRoom(standings);
    }
    next();
  };

function tell(response: Response, standings: readonly Standing[]): void {
  for (const { budget, remaining, resetSeconds } of standings) {
    response.append('RateLimit-Policy', `"${budget.policy}";q=${budget.quota};w=${budget.windowSeconds}`);
    response.append('RateLimit', `"${budget.policy}";r=${remaining};t=${resetSeconds}`);
  }
}
