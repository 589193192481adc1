/** The operations of the contract as methods. */
import { type ApiPromise, unwrapResponse } from './error.js';
import type { paths } from './generated/types.js';
import type { CallOptions, WriteOptions } from './options.js';
import { type ItemOf, paginate } from './pages.js';
import type { SendCall, Verb } from './request.js';

/** What a method takes after the ids of its path. */
type Part = 'query' | 'body';
type Contract<Of extends Verb, Path extends keyof paths> = NonNullable<paths[Path][Lowercase<Of>]>;

/** One value for each parameter of a path, in the path's order. */
type Ids<Path extends string> = Path extends `${string}{${string}}${infer Rest}`
  ? [id: string | number, ...Ids<Rest>]
  : [];

type Json<Of> = Of extends { readonly content: { readonly 'application/json': infer Body } } ? Body : never;
type Given<Of, Takes extends Part | undefined> = Takes extends 'query'
  ? Of extends { readonly parameters: { readonly query?: infer Query } }
    ? [query?: Query]
    : never
  : Takes extends 'body'
    ? Of extends { readonly requestBody: infer Body }
      ? [body: Json<Body>]
      : Of extends { readonly requestBody?: infer Body }
        ? [body?: Json<NonNullable<Body>>]
        : never
    : [];

type Content<Response> = Response extends { readonly content: infer Content } ? Content[keyof Content] : undefined;
/** The body of a success. */
type Answer<Of> = Of extends { readonly responses: infer Responses }
  ? { [Status in keyof Responses & (200 | 201 | 202 | 204)]: Content<Responses[Status]> }[keyof Responses &
      (200 | 201 | 202 | 204)]
  : never;

export interface Operations {
  /**
   * An operation as a method. It takes the ids of its path, then its query or body if `takes` says so, then the options of
   * the call, and resolves with the body of the answer.
   */
  <Of extends Verb, Path extends keyof paths, Takes extends Part | undefined = undefined>(
    verb: Of,
    path: Path,
    takes?: Takes,
    parseAs?: 'text',
  ): (
    ...given: [...Ids<Path>, ...Given<Contract<Of, Path>, Takes>, options?: WriteOptions]
  ) => ApiPromise<Answer<Contract<Of, Path>>>;
  /** A list as two methods: one page of it, and the items of every page. */
  list<Path extends keyof paths>(
    path: Path,
  ): [
    page: (
      ...given: [...Ids<Path>, ...Given<Contract<'GET', Path>, 'query'>, options?: CallOptions]
    ) => ApiPromise<Answer<Contract<'GET', Path>>>,
    all: (
      ...given: [...Ids<Path>, ...Given<Contract<'GET', Path>, 'query'>, options?: CallOptions]
    ) => AsyncGenerator<ItemOf<Answer<Contract<'GET', Path>>>, void, undefined>,
  ];
}

export function createOperations(sendCall: SendCall): Operations {
  const create = (verb: Verb, path: string, takes?: Part, parseAs?: 'text') => {
    const names = path.match(/\w+(?=\})/g) ?? [];
    return (...given: unknown[]) => {
      const ids = Object.fromEntries(names.map((name) => [name, given.shift()]));
      const parts = takes && { [takes]: given.shift() ?? {} };
      return unwrapResponse(sendCall(verb, path, { ids, ...parts, parseAs }, given[0] as CallOptions | undefined));
    };
  };
  const list = (path: string) => {
    const page = create('GET', path, 'query');
    const count = path.split('{').length - 1;
    const all = (...given: unknown[]) =>
      paginate(
        (each) => page(...given.slice(0, count), each, given[count + 1]) as never,
        given[count] as object | undefined,
      );
    return [page, all];
  };
  return Object.assign(create, { list }) as unknown as Operations;
}
