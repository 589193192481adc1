/**
 * Notes which operation has answered with which status. `test/contract/unseen.ts` compares the notes with the contract
 * after the run and fails for every documented status that no test has provoked.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { dirname } from 'node:path';
import { inject } from 'vitest';
import { operations } from '../../server/platform/contract.ts';
import { notesOf } from './answers.ts';

const routes = operations.map(({ method, path, operationId }) => ({
  method: method.toUpperCase(),
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`),
  operationId,
}));

const operationAt = (method = 'GET', url = ''): string | undefined =>
  routes.find((route) => route.method === method && route.pattern.test(url.split('?', 1)[0] ?? ''))?.operationId;

/** Call it before the server answers its first request. */
export function recordAnswers(server: Server): void {
  const notes = notesOf(inject('databaseServer') === 'sqlite' ? 'sqlite' : 'mysql');
  mkdirSync(dirname(notes), { recursive: true });
  const seen = new Set<string>();
  server.prependListener('request', ({ method, url }, response) => {
    // An answer without end is never finished, but it is over at last.
    response.once('close', () => {
      const operationId = operationAt(method, url);
      const line = `${operationId} ${response.statusCode}`;
      if (!operationId || !response.headersSent || seen.has(line)) return;
      seen.add(line);
      appendFileSync(notes, `${line}\n`);
    });
  });
}
