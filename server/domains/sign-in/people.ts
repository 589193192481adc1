/** Signing in people whom an organisation vouches for. */
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { ClientInfo } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { Account } from '../accounts/index.ts';
import { recordAuditEntry } from '../audit/index.ts';
import type { KeyRow, KeyService } from '../keys/index.ts';
import type { SignInService } from './service.ts';

/** Whom the organisation has named, and what its claims give. */
export interface Person extends Pick<KeyRow, 'accountId' | 'role'> {
  /** What the web session is listed as. */
  readonly label: string;
  /** Issuer and subject, for the audit. */
  readonly subject: string;
}

export interface PersonSignIn {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'webSessionMaxMs'>;
  readonly keys: KeyService;
  readonly signIn: SignInService;
}

/**
 * Opens a web session for the person, with a key of its own that ends with it. Key, web session and audit row are one
 * transaction. Resolves with the token of the cookie. Throws `forbidden` when there is no such account, `account-limit-reached`.
 */
export function signInPerson(
  { store, clock, settings, keys, signIn }: PersonSignIn,
  { accountId, role, label, subject }: Person,
  client: ClientInfo,
): Promise<string> {
  return store.write(async (transaction) => {
    const { manager } = transaction;
    const now = clock.now();
    const account = await manager.findOneBy(Account, { accountId });
    if (!account || account.removedAt !== null)
      throw new Fault('forbidden', `There is no account '${accountId}' here. Ask whoever runs this server.`);
    const row = { accountId, role, label, expiresAt: now + settings.webSessionMaxMs };
    const key = await keys.createForPerson(transaction, row, now);
    const { token } = await signIn.openWithin(transaction, key, client, { ownsKey: true, now });
    const entry = { action: 'signIn', subject: key.keyId, detail: `${subject} of the organisation`.slice(0, 200) };
    await recordAuditEntry(manager, { ...key, address: client.address }, entry, now);
    return token;
  });
}
