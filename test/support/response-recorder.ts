/**
 * Records the statuses of each operation. After the run, `test/contract/untested-responses.ts` compares them with the contract
 * and fails for every documented status that no test has provoked.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { inject } from 'vitest';
import { operations } from '../../server/platform/contract.ts';
import { recordingFile } from './recordings.ts';

const routes = operations
  .map(({ method, path, operationId }) => ({
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`),
    operationId,
  }))
  // `/v1/invitations/redeem` is no invitation.
  .sort((one, other) => Number(one.path.includes('{')) - Number(other.path.includes('{')));

function findOperationId(method = 'GET', url = ''): string | undefined {
  const path = url.split('?', 1)[0] ?? '';
  const atPath = routes.find(({ pattern }) => pattern.test(path))?.path;
  return routes.find((route) => route.method === method && route.path === atPath)?.operationId;
}

/** These answer with a page for a browser, too, which may have it already, or have asked with a slash at its end. */
const PAGES: ReadonlySet<string> = new Set(['getIndex', 'getReference']);
const isRedirection = (status: number): boolean => status >= 300 && status < 400;

/** Call it before the first request. */
export function recordResponses(server: Server): void {
  const recordingPath = recordingFile(inject('databaseServer') === 'sqlite' ? 'sqlite' : 'mysql');
  mkdirSync(dirname(recordingPath), { recursive: true });
  const seen = new Set<string>();
  server.prependListener('request', ({ method, url }, response) => {
    // A stream never finishes, but it closes.
    response.once('close', () => {
      const operationId = findOperationId(method, url);
      const line = `${operationId} ${response.statusCode}`;
      if (!operationId || !response.headersSent || seen.has(line)) return;
      if (PAGES.has(operationId) && isRedirection(response.statusCode)) return;
      seen.add(line);
      appendFileSync(recordingPath, `${line}\n`);
    });
  });
}
