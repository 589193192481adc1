/** Operation → service → view, for signing in and out. */
import { instant } from '../../platform/clock.ts';
import { given, taken } from '../../platform/http/cookie.ts';
import type { Handlers } from '../../platform/operations.ts';
import type { Settings } from '../../platform/settings.ts';
import { meView } from '../keys/view.ts';
import type { SignInService } from './service.ts';

export const signInHandlers: Handlers<
  'signIn' | 'signOut' | 'signOutEverywhere',
  { readonly settings: Settings; readonly signIn: SignInService }
> = {
  async signIn({ body }, { services, from }) {
    const { token, row, principal } = await services.signIn.signIn(body, from.address);
    const { webSessionIdleMs, webSessionMaxMs } = services.settings;
    const me = meView(principal);
    return {
      status: 200,
      body: {
        csrfToken: me.csrfToken ?? '',
        expiresAt: instant(row.expiresAt),
        idleSeconds: Math.floor(webSessionIdleMs / 1000),
        me,
      },
      headers: { 'Set-Cookie': given(token, Math.floor(webSessionMaxMs / 1000), from.https) },
    };
  },

  async signOut(_request, { principal, services, from }) {
    await services.signIn.signOut(principal);
    return { status: 204, body: undefined, headers: { 'Set-Cookie': taken(from.https) } };
  },

  async signOutEverywhere({ body: { scope = 'key' } }, { principal, services, from }) {
    const ended = await services.signIn.signOutEverywhere(principal, scope);
    return { status: 200, body: { ended }, headers: { 'Set-Cookie': taken(from.https) } };
  },
};
