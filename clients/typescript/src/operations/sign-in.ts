import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { WebSessionId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

/** For pages of the server: a cookie in place of a key. */
export interface SignIn {
  /** Exchanges a key for a cookie. Never retried: each call opens a web session. */
  signIn(by: Schemas['SignIn'], options?: CallOptions): ApiPromise<Schemas['SignedIn']>;
  /** Ends this page's web session. */
  signOut(options?: CallOptions): Promise<void>;
  /** Ends all web sessions of the key, or of the account; resolves with how many. */
  signOutEverywhere(scope?: 'key' | 'account', options?: CallOptions): ApiPromise<Schemas['SignedOut']>;
  /** The client that asks the signed-in person to be let in by OAuth. */
  authorizationRequest(requestId: string, options?: CallOptions): ApiPromise<Schemas['AuthorizationRequest']>;
  /** Lets it in; resolves with the path that the browser opens next. Never retried: each call lets it in once more. */
  approve(requestId: string, approval: Schemas['Approval'], options?: CallOptions): ApiPromise<Schemas['Approved']>;
}

/** None of these is retried: they take no Idempotency-Key. */
export function signInApi({ operation }: Connection): SignIn {
  const signOutEverywhere = operation('POST', '/v1/sign-out-everywhere', 'body');
  return {
    signIn: operation('POST', '/v1/sign-in', 'body'),
    signOut: operation('POST', '/v1/sign-out'),
    signOutEverywhere: (scope = 'key', options) => signOutEverywhere({ scope }, options),
    authorizationRequest: operation('GET', '/v1/authorization-requests/{requestId}'),
    approve: operation('POST', '/v1/authorization-requests/{requestId}/approve', 'body'),
  };
}

/** The browsers that are signed in. */
export interface WebSessions {
  list(query?: Query<'listWebSessions'>, options?: CallOptions): ApiPromise<Schemas['WebSessionPage']>;
  /** The web sessions of every page. */
  all(query?: Query<'listWebSessions'>, options?: CallOptions): AsyncGenerator<Schemas['WebSession'], void, undefined>;
  end(webSessionId: WebSessionId, options?: CallOptions): Promise<void>;
}

export function webSessionsApi({ operation }: Connection): WebSessions {
  const [list, all] = operation.list('/v1/web-sessions');
  return { list, all, end: operation('DELETE', '/v1/web-sessions/{webSessionId}') };
}
