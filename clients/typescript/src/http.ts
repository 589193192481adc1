/** The operations of the contract as calls with options, each resolving with the body of the answer. */
import type { Client, ClientPathsWithMethod, FetchResponse, MaybeOptionalInit } from 'openapi-fetch';
import { type ApiPromise, unwrapResponse } from './error.js';
import type { paths } from './generated/types.js';
import type { CallOptions } from './options.js';

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';

type Send<Verb extends Method> = <
  Path extends ClientPathsWithMethod<Client<paths>, Verb>,
  Init extends MaybeOptionalInit<paths[Path], Verb>,
>(
  path: Path,
  init: Init,
  options?: CallOptions,
) => ApiPromise<Body<FetchResponse<NonNullable<paths[Path][Verb]>, Init, `${string}/${string}`>>>;

type Body<Answer> = Answer extends { data: infer Data } ? NonNullable<Data> : never;

export type Http = { readonly [Verb in Method as Uppercase<Verb>]: Send<Verb> };

type AnySend = (path: string, init: object) => ReturnType<Client<paths>['GET']>;

/** `getOptions` turns the options of a call into those of openapi-fetch. */
export function createHttp(api: Client<paths>, getOptions: (options?: CallOptions) => object): Http {
  const sends = (['GET', 'PUT', 'POST', 'DELETE', 'PATCH'] as const).map((verb) => {
    const send = api[verb] as unknown as AnySend;
    const call = (path: string, init: object, options?: CallOptions) =>
      unwrapResponse(send(path, { ...init, ...getOptions(options) }));
    return [verb, call];
  });
  return Object.fromEntries(sends) as Http;
}
