/**
 * /mcp: the Model Context Protocol over Streamable HTTP, stateless, in its revision 2026-07-28 and in those that
 * installed clients still speak. What a client calls or reads becomes the same HTTP request into the same app, so the two
 * doors cannot disagree about validation, rights, limits or audit.
 */
import type { Express, Request, RequestHandler } from 'express';
import { v7 as timeOrderedId } from 'uuid';
import type { Config } from '../../config.ts';
import type { Principal } from '../../platform/context.ts';
import type { EventService } from '../../platform/events/service.ts';
import { Fault } from '../../platform/faults.ts';
import { problemOf } from '../../platform/http/problem.ts';
import { bearerOf, type RequestAuthenticator } from '../../platform/http/security.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import type { CallerOf } from './caller.ts';
import { dispatch, type HttpAnswer, type HttpRequest } from './dispatch.ts';
import { answerTo, sendAnswer } from './exchange.ts';
import { originGuard } from './origins.ts';
import { plainCallOf } from './plain-call.ts';
import { authOf, openSdkHandler } from './sdk-handler.ts';
import { type Extend, serverObjects } from './server-object.ts';
import { again, bodyOf, isShort, jsonOf } from './short-body.ts';

export interface Endpoint {
  /** The request handler, given the app that its calls go into. */
  readonly mount: (app: Express) => RequestHandler;
  close(): Promise<void>;
}

export interface EndpointOptions {
  readonly config: Pick<Config, 'host' | 'allowedHosts'>;
  readonly door: RequestAuthenticator;
  readonly limits: RateLimits;
  readonly events: Pick<EventService, 'follow'>;
  readonly log: Log;
  readonly version: string;
  readonly extend?: Extend | undefined;
}

export function openEndpoint({ config, door, limits, events, log, version, extend }: EndpointOptions): Endpoint {
  let app: Express | undefined;
  const callerOf: CallerOf = ({ era, principal, key, url = '' }) => ({
    principal,
    era,
    authorization: `Bearer ${key}`,
    query: new URLSearchParams(url.slice(`${url}?`.indexOf('?') + 1)),
    send: (make) => answered(app as Express, principal, make),
  });
  const guard = originGuard(config.host, config.allowedHosts);
  const serverFor = serverObjects(version, extend);
  const sdk = openSdkHandler({ serverFor, callerOf, limits, events, log });

  const admit = async ({ headers, ip, socket }: Request) => {
    const key = bearerOf(headers.authorization);
    const principal = key && (door.knownHolderOf(key, socket) ?? (await door.holderOf(key, ip)));
    if (principal) return { key, principal };
    throw new Fault('unauthenticated', 'MCP needs the same key as REST: Authorization: Bearer fb_<keyId>_<secret>.');
  };

  return {
    mount(mounted) {
      app = mounted;
      return async (request, response) => {
        guard(request);
        const { key, principal } = await admit(request);
        const auth = authOf(key, principal);
        if (!isShort(request)) return sdk.answer(Object.assign(request, { auth }), response);
        const body = await bodyOf(request);
        if (body === null) return;
        const call = plainCallOf(request.headers, jsonOf(body.toString()));
        const from = { principal, key, url: request.url };
        const answer = call && (await answerTo(call, callerOf({ ...from, era: call.era }), serverFor));
        if (answer) return sendAnswer(response, call.era, answer);
        await sdk.answer({ ...again(request, body), auth }, response);
      };
    },
    close: () => sdk.close(),
  };
}

async function answered(app: Express, sender: Principal, make: () => HttpRequest): Promise<HttpAnswer> {
  try {
    return await dispatch(app, sender, make());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const problem = problemOf(error, timeOrderedId());
    return { status: problem.status, body: JSON.stringify(problem) };
  }
}
