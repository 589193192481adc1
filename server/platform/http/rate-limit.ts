/** Enforces rate limits and sends the headers RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers). */
import type { NextFunction, RequestHandler, Response } from 'express';
import { operations } from '../contract.ts';
import type { BudgetStatus } from '../limits/limiter.ts';
import type { RateLimits } from '../limits/service.ts';
import { principalOrUndefined } from './authentication.ts';
import { getMatchedOperation } from './find-operation.ts';

/** Counts every request of an authenticated caller, before its body is read. */
export const limitRequests =
  (limits: RateLimits): RequestHandler =>
  (request, response, next) => {
    const principal = principalOrUndefined(request);
    if (!principal || !limits.isLimited(principal)) return next();
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    return enforceLimits(limits, limits.countRequest(principal, isRead ? 'read' : 'write'), response, () => {
      // The client disconnected meanwhile, and its body will never arrive.
      if (!request.destroyed) next();
    });
  };

/**
 * Every operation that writes program state or its patterns. They share one budget; otherwise import and restore would
 * bypass it.
 */
const stateWriteOperations: ReadonlySet<string> = new Set(
  operations
    .filter(
      ({ method, path }) => method !== 'get' && /^\/v1\/programs\/\{programId\}\/(state|patterns)(\/|$)/.test(path),
    )
    .map(({ operationId }) => operationId),
);

/** Counts writes of program state after validation, so that invalid requests do not use up the budget. */
export const limitStateWrites =
  (limits: RateLimits): RequestHandler =>
  (request, response, next) => {
    const principal = principalOrUndefined(request);
    const operation = getMatchedOperation(request);
    const isStateWrite = operation !== undefined && stateWriteOperations.has(operation.schema.operationId);
    if (!isStateWrite || !principal || !limits.isLimited(principal)) return next();
    const { programId = '' } = operation.pathParams;
    return enforceLimits(limits, limits.countStateWrite(principal, programId), response, next);
  };

async function enforceLimits(
  limits: RateLimits,
  pendingStatuses: Promise<readonly BudgetStatus[]>,
  response: Response,
  next: NextFunction,
): Promise<void> {
  const statuses = await pendingStatuses;
  setRateLimitHeaders(response, statuses);
  limits.requireWithinBudget(statuses);
  next();
}

function setRateLimitHeaders(response: Response, statuses: readonly BudgetStatus[]): void {
  for (const { budget, remaining, resetSeconds } of statuses) {
    response.append('RateLimit-Policy', `"${budget.policy}";q=${budget.quota};w=${budget.windowSeconds}`);
    response.append('RateLimit', `"${budget.policy}";r=${remaining};t=${resetSeconds}`);
  }
}
