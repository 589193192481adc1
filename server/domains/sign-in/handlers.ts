/** Operation → service → view, for signing in and out. */
import { clearSessionCookie } from '../../platform/http/cookie.ts';
import type { Handlers } from '../../platform/operations.ts';
import type { Settings } from '../../platform/settings.ts';
import type { SignInService } from './service.ts';
import { toSignedInResponse, toWebSessionView } from './view.ts';

export const signInHandlers: Handlers<
  'signIn' | 'signOut' | 'signOutEverywhere' | 'listWebSessions' | 'endWebSession',
  { readonly settings: Settings; readonly signIn: SignInService }
> = {
  async signIn({ body }, { services, client }) {
    const signedIn = await services.signIn.signIn(body.key, client);
    return { status: 200, ...toSignedInResponse(signedIn, services.settings, client) };
  },

  async signOut(_request, { principal, services, client }) {
    await services.signIn.signOut(principal);
    return { status: 204, body: undefined, headers: { 'Set-Cookie': clearSessionCookie(client.https) } };
  },

  async signOutEverywhere({ body: { scope = 'key' } }, { principal, services, client }) {
    const ended = await services.signIn.signOutEverywhere(principal, scope);
    return { status: 200, body: { ended }, headers: { 'Set-Cookie': clearSessionCookie(client.https) } };
  },

  async listWebSessions({ query: { scope = 'key', limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.signIn.list(principal, scope, { limit, cursor });
    return { status: 200, body: { webSessions: page.map((row) => toWebSessionView(row, principal)), nextCursor } };
  },

  async endWebSession({ path }, { principal, services }) {
    await services.signIn.end(principal, path.webSessionId);
    return { status: 204, body: undefined };
  },
};
