/** Rate limits in front of the operations, told in the fields RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers). */
import type { NextFunction, RequestHandler, Response } from 'express';
import type { Standing } from '../limits/limiter.ts';
import type { RateLimits } from '../limits/service.ts';
import { knownPrincipalOf } from './security.ts';

/** Counts the request of a known key, before its body is read. */
export const limitRequests =
  (limits: RateLimits): RequestHandler =>
  (request, response, next) => {
    const principal = knownPrincipalOf(request);
    if (!principal || !limits.counts(principal)) return next();
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return pass(limits, limits.request(principal, isRead ? 'read' : 'write'), response, next);
  };

interface Validated {
  readonly openapi?: { readonly schema: { readonly operationId: string } };
}

/** Counts writes of program state that the contract has let through: one that was refused as invalid costs none. */
export const limitStateWrites =
  (limits: RateLimits): RequestHandler =>
  (request, response, next) => {
    const principal = knownPrincipalOf(request);
    const isStateWrite = (request as Validated).openapi?.schema.operationId === 'updateProgramState';
    if (!isStateWrite || !principal || !limits.counts(principal)) return next();
    return pass(limits, limits.stateWrite(principal), response, next);
  };

async function pass(
  limits: RateLimits,
  counted: Promise<readonly Standing[]>,
  response: Response,
  next: NextFunction,
): Promise<void> {
  const standings = await counted;
  tell(response, standings);
  limits.requireRoom(standings);
  next();
}

function tell(response: Response, standings: readonly Standing[]): void {
  for (const { budget, remaining, resetSeconds } of standings) {
    response.append('RateLimit-Policy', `"${budget.policy}";q=${budget.quota};w=${budget.windowSeconds}`);
    response.append('RateLimit', `"${budget.policy}";r=${remaining};t=${resetSeconds}`);
  }
}
