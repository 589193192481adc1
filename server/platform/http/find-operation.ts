/** Which operation a request names: matches from its method and path alone, before the validator has seen it. */
import type { Request } from 'express';
import type { Role } from '../../../openapi/operations.ts';
import { operations } from '../contract.ts';
import type { OperationId } from '../operations.ts';

interface OperationMatch {
  readonly operationId: OperationId;
  /** The roles that may call it; null when no key is needed. */
  readonly roles: readonly Role[] | null;
  readonly pathParams: Readonly<Record<string, string>>;
}

const routes = operations.map(({ method, path, operationId, roles }) => ({
  // Few operations share both, so few expressions are tried for a request.
  bucket: toBucket(method.toUpperCase(), path),
  // As the validator compares: whatever the case, with or without a slash at the end.
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

/** The operation of a request, also of one that was refused before the validator saw it. HEAD is GET. */
export function findOperation(request: Request): OperationMatch | null {
  const found = matches.get(request);
  if (found !== undefined) return found;
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

/** Text that cannot be decodeParam stays as it is: the validator refuses it. */
function decodeParam(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
