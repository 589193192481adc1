/** The one place where a request that the contract has let through meets its handler. */
import type { Request, RequestHandler } from 'express';
import type { Principal } from '../context.ts';
import { operations } from '../contract.ts';
import { Fault } from '../faults.ts';
import { handlers } from '../handlers.ts';
import type { Handler, OperationId } from '../operations.ts';
import type { Services } from '../services.ts';
import { principalOf } from './security.ts';

/** The operations that need a key. */
const secured = new Set(
  operations.filter((operation) => operation.roles !== null).map((operation) => operation.operationId),
);

interface Validated extends Request {
  /** Set by the validator when the path and method are those of an operation. */
  openapi?: {
    readonly schema: { readonly operationId: OperationId };
    readonly pathParams: Readonly<Record<string, string>>;
  };
}

interface AnyAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly type?: string;
}

export const router =
  (services: Services): RequestHandler =>
  async (request: Validated, response) => {
    const { openapi } = request;
    if (!openapi) throw new Fault('route-not-found', 'No operation has this path. See /docs for every path.');
    const { operationId } = openapi.schema;
    const handler = handlers[operationId] as unknown as Handler<never>;
    const principal = (secured.has(operationId) ? principalOf(request) : null) as Principal;
    const given = { path: openapi.pathParams, query: request.query, headers: request.headers, body: request.body };
    const answer: AnyAnswer = await handler(given as never, { principal, services });
    response.status(answer.status).set({ 'Cache-Control': 'no-store', ...answer.headers });
    if (answer.status === 204) response.end();
    else if (answer.type) response.type(answer.type).send(answer.body);
    else response.json(answer.body);
  };
