/**
 * Notes which operation has answered with which status. `test/contract/untested-responses.ts` compares the notes with the contract
 * after the run and fails for every documented status that no test has provoked.
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

/** Call it before the server answers its first request. */
export function recordResponses(server: Server): void {
  const recordingPath = recordingFile(inject('databaseServer') === 'sqlite' ? 'sqlite' : 'mysql');
  mkdirSync(dirname(recordingPath), { recursive: true });
  const seen = new Set<string>();
  server.prependListener('request', ({ method, url }, response) => {
    // An answer without end is never finished, but it is over at last.
    response.once('close', () => {
      const operationId = findOperationId(method, url);
      const line = `${operationId} ${response.statusCode}`;
      if (!operationId || !response.headersSent || seen.has(line)) return;
      seen.add(line);
      appendFileSync(recordingPath, `${line}\n`);
    });
  });
}
