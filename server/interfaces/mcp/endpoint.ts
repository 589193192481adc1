/**
 * /mcp: the Model Context Protocol over Streamable HTTP, stateless, in revision 2026-07-28 and the earlier ones that
 * installed clients speak. Tool calls and resource reads become HTTP requests into the same app, so MCP and REST cannot
 * differ in validation, rights, limits or audit.
 */
import type { Express, Request, RequestHandler, Response } from 'express';
import { v7 as timeOrderedId } from 'uuid';
import { operations } from '../../platform/contract.ts';
import type { EventService } from '../../platform/events/service.ts';
import { Fault } from '../../platform/faults.ts';
import { parseBearerToken, type RequestAuthenticator } from '../../platform/http/authentication.ts';
import {
  MAX_BODY_SHAPE,
  MAX_IMPORT_BYTES,
  MAX_SMALL_BYTES,
  measureShape,
  readBody,
  requireExactNumbersIn,
  requireShapeWithinLimits,
  SLOW_MS,
} from '../../platform/http/body.ts';
import { endWithReader } from '../../platform/http/event-stream.ts';
import { refuseEncodedBody } from '../../platform/http/normalise.ts';
import { toProblem } from '../../platform/http/problem.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import type { Principal } from '../../platform/principal.ts';
import { normaliseAccept } from './accept.ts';
import type { Caller, CreateCaller } from './caller.ts';
import { createServerFactory, type ExtendDefinition } from './create-server.ts';
import { dispatch, type HttpRequest, type HttpResponse } from './dispatch.ts';
import { isBufferable, parseMessage, replayRequest } from './fast-path/buffer-body.ts';
import { matchFastPath } from './fast-path/match.ts';
import { executeCall, sendResponse } from './fast-path/transport.ts';
import { createOriginGuard } from './origin-guard.ts';
import { createSdkHandler, LISTEN_METHOD, toAuthInfo } from './sdk-handler.ts';

export interface Endpoint {
  /** Returns the request handler. Calls are dispatched into `app`. */
  readonly mount: (app: Express) => RequestHandler;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly config: { readonly host: string; readonly allowedHosts: readonly string[] };
  readonly authenticator: RequestAuthenticator;
  readonly limits: RateLimits;
  readonly events: Pick<EventService, 'follow'>;
  readonly log: Log;
  readonly version: string;
  /** The WWW-Authenticate header of a 401, which says where tokens come from; null where OAuth is off. */
  readonly challenge: (request: Request, hasToken: boolean) => string | null;
  readonly extend?: ExtendDefinition | undefined;
}

/** Each message of a batch (revision 2025-03-26 alone has them) is as much work as a request of its own. */
const MAX_BATCH_SIZE = 20;
const BATCH_MESSAGE = `A batch may have at most ${MAX_BATCH_SIZE} messages. Send the others in further requests.`;

export function createEndpoint({
  config,
  authenticator,
  limits,
  events,
  log,
  version,
  extend,
  challenge,
}: EndpointOptions): Endpoint {
  let app: Express | undefined;
  const createCaller: CreateCaller = ({ era, principal, afterResponse, key, url = '' }) => ({
    principal,
    era,
    afterResponse,
    authorization: `Bearer ${key}`,
    query: new URLSearchParams(url.slice(`${url}?`.indexOf('?') + 1)),
    dispatch: (make) => dispatchOrProblem(app as Express, principal, make),
  });
  const guard = createOriginGuard(config.host, config.allowedHosts);
  const createServer = createServerFactory(version, extend);
  const sdk = createSdkHandler({ createServer, createCaller, limits, events, log });

  const authenticate = async (request: Request, response: Response) => {
    const { headers, ip, socket } = request;
    const key = parseBearerToken(headers.authorization);
    const principal =
      key && (authenticator.authenticateCached(key, socket) ?? (await authenticator.authenticate(key, ip)));
    if (principal) return { key, principal: { ...principal, address: ip } };
    const header = challenge(request, key !== null);
    if (header) response.setHeader('WWW-Authenticate', header);
    throw new Fault('unauthenticated', 'MCP needs the same key as REST: Authorization: Bearer fb_<keyId>_<secret>.');
  };

  return {
    mount(mounted) {
      app = mounted;
      return async (request, response) => {
        guard(request);
        response.setHeader('Cache-Control', 'no-store');
        let { key, principal } = await authenticate(request, response);
        const afterResponse = createAfterResponse(response, log);
        let auth = toAuthInfo(key, { principal, afterResponse });
        if (request.method !== 'POST') return sdk.handle(Object.assign(request, { auth }), response);
        normaliseAccept(request);
        refuseEncodedBody(request, response);
        const startedAt = performance.now();
        const body = await readBody(request, mayImport(principal) ? MAX_IMPORT_BYTES : MAX_SMALL_BYTES);
        if (body === null) return;
        // A key that was revoked while the body arrived must not take effect.
        if (performance.now() - startedAt > SLOW_MS) {
          ({ key, principal } = await authenticate(request, response));
          auth = toAuthInfo(key, { principal, afterResponse });
        }
        requireShapeWithinLimits(measureShape(body, MAX_BODY_SHAPE));
        requireExactNumbersIn(body);
        const message = parseMessage(body.toString());
        if (Array.isArray(message) && message.length > MAX_BATCH_SIZE)
          throw new Fault('invalid-request', BATCH_MESSAGE);
        if ((message as { method?: unknown } | null | undefined)?.method === LISTEN_METHOD) endWithReader(response);
        const call = isBufferable(request) ? matchFastPath(request.headers, message) : null;
        const from = { principal, afterResponse, key, url: request.url };
        const answer = call && (await executeCall(call, createCaller({ ...from, era: call.era }), createServer));
        if (answer) return sendResponse(response, call.era, answer);
        await sdk.handle({ ...replayRequest(request, body), auth }, response);
      };
    },
    close: () => sdk.close(),
  };
}

const importing = operations.find(({ operationId }) => operationId === 'importState')?.roles;
/** Nobody else has more to say than any one operation takes. */
const mayImport = ({ role }: Principal): boolean => importing?.includes(role) ?? false;

const createAfterResponse =
  (response: Response, log: Log): Caller['afterResponse'] =>
  (work) => {
    response.once('finish', () => {
      work().catch((error: unknown) => log.warn({ err: error }, 'Work after an MCP response failed'));
    });
  };

async function dispatchOrProblem(
  app: Express,
  principal: Principal,
  buildRequest: () => HttpRequest,
): Promise<HttpResponse> {
  try {
    return await dispatch(app, principal, buildRequest());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const problem = toProblem(error, timeOrderedId());
    return { status: problem.status, body: JSON.stringify(problem) };
  }
}
