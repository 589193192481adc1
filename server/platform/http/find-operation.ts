/** Finds a request's operation: by method and path alone before validation, and the validator's match after it. */
import type { Request } from 'express';
import type { Role } from '../../../openapi/operations.ts';
import { operations } from '../contract.ts';
import type { OperationId } from '../operations.ts';

interface OperationMatch {
  readonly operationId: OperationId;
  /** The roles that may call it; null when it needs no authentication. */
  readonly roles: readonly Role[] | null;
  readonly pathParams: Readonly<Record<string, string>>;
}

const routes = operations.map(({ method, path, operationId, roles }) => ({
  // Few operations share a method and a number of slashes, so few patterns are tried for a request.
  bucket: toBucket(method.toUpperCase(), path),
  // As the validator matches: case-insensitive, with or without a trailing slash.
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '([^/]+)')}/?$`, 'i'),
  names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
  operationId: operationId as OperationId,
  roles,
}));

const buckets = new Map<string, typeof routes>();
for (const route of routes) buckets.set(route.bucket, [...(buckets.get(route.bucket) ?? []), route]);

function toBucket(method: string, path: string): string {
  let slashes = 0;
  for (let at = path.indexOf('/'); at >= 0 && at < path.length - 1; at = path.indexOf('/', at + 1)) slashes += 1;
  return `${method} ${slashes}`;
}

const matches = new WeakMap<Request, OperationMatch | null>();

/** The operation that a request addresses, or null; works before validation and for rejected requests. HEAD counts as GET. */
export function findOperation(request: Request): OperationMatch | null {
  const cached = matches.get(request);
  if (cached !== undefined) return cached;
  const match = matchRoute(request.method === 'HEAD' ? 'GET' : request.method, request.originalUrl);
  matches.set(request, match);
  return match;
}

function matchRoute(method: string, url: string): OperationMatch | null {
  const path = url.split('?', 1)[0] ?? '';
  for (const { pattern, names, operationId, roles } of buckets.get(toBucket(method, path)) ?? []) {
    const values = pattern.exec(path);
    if (!values) continue;
    const pathParams = Object.fromEntries(names.map((name, index) => [name, decodeParam(values[index + 1] ?? '')]));
    return { operationId, roles, pathParams };
  }
  return null;
}

/** Text that cannot be decoded stays as it is: the validator rejects it. */
function decodeParam(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The operation that the contract validator found for a request. */
export interface MatchedOperation {
  readonly schema: { readonly operationId: OperationId };
  /** The path as the contract writes it, for example `/v1/tasks/{taskId}`. */
  readonly openApiRoute: string;
  /** Path parameters, validated and converted. Response validation parses them again as text, then restores these. */
  pathParams: Readonly<Record<string, string>>;
}

/** The operation of a validated request; undefined before validation and where no path and method match. */
export const getMatchedOperation = (request: Request): MatchedOperation | undefined =>
  (request as Request & { readonly openapi?: MatchedOperation }).openapi;
