/** Creates an invitation that signs a browser in, for `fleetbeat open` and `fleetbeat pair`. */
import type { components } from '@fleetbeat/client';
import type { Call } from './call.ts';

export const INVITED_ROLES = ['auditor', 'admin', 'operator'] as const;
export type InvitedRole = (typeof INVITED_ROLES)[number];

interface BrowserInvitation {
  readonly invitation: components['schemas']['NewInvitation'];
  /** The address of the server that the key is for. */
  readonly url: string;
}

/** Without a role, that of the key in use. Needs an admin's key. */
export async function inviteBrowser(
  call: Call,
  role: InvitedRole | undefined,
  label: string,
): Promise<BrowserInvitation> {
  const fleetbeat = await call.fleetbeat();
  const own = role ?? (await fleetbeat.me()).role;
  const invitation = await fleetbeat.invitations.create({ grants: 'web-session', role: own, label, typedCode: true });
  return { invitation, url: call.settings().url };
}

export const toLink = (url: string, code: string): string => `${url}/#link=${code}`;
