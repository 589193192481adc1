/** Work per request is bounded by what it may change, not by how its bytes are arranged. `bench/worst-input.ts` measures it. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { Fault } from '../../../server/platform/faults.ts';
import { setInternalPrincipal } from '../../../server/platform/http/authentication.ts';
import { parseBody } from '../../../server/platform/http/body.ts';
import { compose } from '../../../server/platform/http/express-overhead.ts';
import { toFault } from '../../../server/platform/http/problem.ts';
import { createContractValidator, requireWellFormedBody } from '../../../server/platform/http/validation/requests.ts';
import type { Principal } from '../../../server/platform/principal.ts';
import { buildRequestTarget } from '../../support/contract-fixtures.ts';
import { maxBodyBytes } from '../../support/max-body-bytes.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { worstBodies } from '../../support/worst-bodies.ts';

/** As many as a body can have that is told all of them: it has 200 values, and an empty object lacks a dozen fields. */
const MAX_ERRORS = 2_500;
/** One of the parameters, one of the body. */
const MAX_ERRORS_OF_LARGE = 2;

/** What a body passes on its way to its handler, without a handler: how many errors were made is what it tells. */
let server: Server;
let errors: number;
let detail: string;
beforeAll(async () => {
  const app = express();
  app.use((request, _response, next) => {
    setInternalPrincipal(request, { role: request.headers['x-role'] } as unknown as Principal);
    next();
  });
  app.use(
    parseBody,
    compose(requireWellFormedBody),
    createContractValidator(false),
    (_request, response) => void response.end(),
  );
  const count: ErrorRequestHandler = (error, _request, response, _next) => {
    detail = error.message;
    errors = error instanceof Fault ? 1 : (error.errors as unknown[]).length;
    response.status(toFault(error).kind === 'invalid-request' ? 400 : 500).end();
  };
  server = app.use(count).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe.each(operations.filter(({ body }) => body))('$operationId', (operation) => {
  test.each([
    ['4 kB', 4 * 1024, MAX_ERRORS],
    ['16 kB', 16 * 1024, MAX_ERRORS],
    ['256 kB', 256 * 1024, MAX_ERRORS_OF_LARGE],
  ])('makes few errors for the worst bodies of %s', async (_which, size, maxErrors) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const headers = { 'content-type': 'application/json', 'x-role': operation.roles?.[0] ?? '' };
    for (const { description, json } of worstBodies(operation, Math.min(size, maxBodyBytes(operation)))) {
      errors = 0;
      const request = {
        method: operation.method.toUpperCase(),
        path: buildRequestTarget(operation, {}),
        headers,
        body: json,
      };
      const { status } = await sendRaw(url, request);
      expect({ description, status }).toEqual({ description, status: errors > 0 ? 400 : 200 });
      expect({ description, errors }).toEqual({ description, errors: Math.min(errors, maxErrors) });
    }
  });
});

test.each(['1', '[]', '{}', '{"a":1}'])('4 MB of %s are refused before anything is made of them', async (item) => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const headers = { 'content-type': 'application/json', 'x-role': 'program' };
  const before = process.memoryUsage().heapUsed;
  const body = `[${item}${`,${item}`.repeat(Math.floor((4 * 2 ** 20 - 2) / (item.length + 1)) - 1)}]`;
  const answer = await sendRaw(url, { method: 'POST', path: '/v1/programs/p/state/import', headers, body });
  expect([answer.status, errors]).toEqual([400, 1]);
  // Each of them would be larger in memory than in the text.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(20 * 2 ** 20);
});

/** The others have fields of a program's own, as many as fit. */
const bounded = operations.filter(
  ({ body, operationId }) => body && !/^(updateProgramState|importState)$/.test(operationId),
);

test.each(bounded)(
  '$operationId refuses more values than it has a use for before they are parsed',
  async (operation) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const headers = { 'content-type': 'application/json', 'x-role': operation.roles?.[0] ?? '' };
    // Not even JSON: who has parsed it says so.
    const body = `{${'"a":1,'.repeat(250)}`;
    const path = buildRequestTarget(operation, {});
    expect((await sendRaw(url, { method: operation.method.toUpperCase(), path, headers, body })).status).toBe(400);
    expect(detail).toBe('body: has too many values');
  },
);

test.each(['[', '"', '1', ' [', '\ufeff[', 'x'])(
  'a large body that begins with %j is refused before it is parsed: none is anything but an object',
  async (start) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const headers = { 'content-type': 'application/json', 'x-role': 'program' };
    // Not even JSON: who has parsed it says so.
    const body = `${start}${'x'.repeat(20_000)}`;
    expect((await sendRaw(url, { method: 'PATCH', path: '/v1/programs/p/state', headers, body })).status).toBe(400);
    expect(detail).toBe('body: must be object');
  },
);

test('a small body is told every field that is wrong', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const body = JSON.stringify({ name: 1, status: 2, progress: 'x', state: 'lost', unknown: true });
  const headers = { 'content-type': 'application/json', 'x-role': 'program' };
  await sendRaw(url, { method: 'POST', path: '/v1/sessions', headers, body });
  expect(errors).toBe(5);
});
