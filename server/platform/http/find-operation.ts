import { operations } from '../contract.ts';
import type { OperationId } from '../operations.ts';

const routes = operations.map(({ method, path, operationId }) => ({
  method: method.toUpperCase(),
  // As the validator compares: whatever the case, with or without a slash at the end.
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  operationId: operationId as OperationId,
}));

/** The operation that a request names, also for one that was refused before the validator saw it. */
export const findOperationId = (method: string, url: string): OperationId | undefined => {
  const path = url.split('?', 1)[0] ?? '';
  return routes.find((route) => route.method === method && route.pattern.test(path))?.operationId;
};
