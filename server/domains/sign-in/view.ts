/** Web sessions as the contract shows them. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant } from '../../platform/clock.ts';
import { createSessionCookie } from '../../platform/http/cookie.ts';
import type { ClientInfo, Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { toMeView } from '../keys/index.ts';
import type { ListedWebSession, SignedIn } from './service.ts';

export const toWebSessionView = (
  { tokenHash, keyId, role, device, createdAt, lastUsedAt, expiresAt }: ListedWebSession,
  { web }: Principal,
): components['schemas']['WebSession'] => ({
  webSessionId: tokenHash,
  keyId,
  role,
  device,
  current: web?.tokenHash === tokenHash,
  createdAt: formatInstant(createdAt),
  lastUsedAt: formatInstant(lastUsedAt),
  expiresAt: formatInstant(expiresAt),
});

/** The body and the cookie for a browser that has just signed in. */
export function toSignedInResponse(
  { token, row, principal }: SignedIn,
  { webSessionIdleMs, webSessionMaxMs }: Pick<Settings, 'webSessionIdleMs' | 'webSessionMaxMs'>,
  { https }: Pick<ClientInfo, 'https'>,
): { readonly body: components['schemas']['SignedIn']; readonly headers: { readonly 'Set-Cookie': string } } {
  const me = toMeView(principal);
  return {
    body: {
      csrfToken: me.csrfToken ?? '',
      expiresAt: formatInstant(row.expiresAt),
      idleSeconds: Math.floor(webSessionIdleMs / 1000),
      me,
    },
    headers: { 'Set-Cookie': createSessionCookie(token, Math.floor(webSessionMaxMs / 1000), https) },
  };
}
