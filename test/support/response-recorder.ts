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

const routes = operations.map(({ method, path, operationId }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`),
  operationId,
}));

const findOperationId = (method = 'GET', url = ''): string | undefined =>
  routes.find((route) => route.method === method && route.pattern.test(url.split('?', 1)[0] ?? ''))?.operationId;

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
      seen.add(line);
      appendFileSync(recordingPath, `${line}\n`);
    });
  });
}
