/** Redeeming invitations: by the code of a link, or by the short code that is typed. */
import { createHash } from 'node:crypto';
import { type Clock, DAY, formatInstant } from '../../platform/clock.ts';
import { CredentialCache, type LookupLane } from '../../platform/credentials/credential-cache.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { ClientInfo } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { Audit, recordAuditEntry } from '../audit/index.ts';
import {
  type Authenticator,
  type CreatedKey,
  isValid,
  type KeyCreate,
  type KeyRow,
  type KeyService,
  lockKey,
  requireMintable,
} from '../keys/index.ts';
import { describeDevice, type OpenedWebSession, type SignedIn, type SignInService } from '../sign-in/index.ts';
import { parseCode, verifyTypedSecret } from './codes.ts';
import { Invitation, type InvitationRow } from './entity.ts';
import { findByCodes, lockInvitation, takeTry } from './queries.ts';
import { describeClosed, getInvitationState, requireGrant, type WantedGrant } from './rules.ts';

export interface RedemptionDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'webSessionMaxMs'>;
  readonly limits: RateLimits;
  readonly authenticator: Authenticator;
  readonly keys: KeyService;
  readonly signIn: SignInService;
}

/** What an invitation was traded for: one of the two. */
interface Redeemed {
  readonly invitationId: string;
  readonly key: CreatedKey | null;
  readonly signedIn: SignedIn | null;
}

type Outcome = { readonly closed: string } | { readonly key: CreatedKey; readonly opened: OpenedWebSession | null };

export class RedemptionService {
  /** Unknown codes are looked up like invalid keys: a flood of them costs one query at a time. */
  readonly #byCode: CredentialCache<InvitationRow>;

  constructor(private readonly deps: RedemptionDependencies) {
    this.#byCode = new CredentialCache((codeHashes) => deps.store.read((manager) => findByCodes(manager, codeHashes)));
  }

  /**
   * Trades a code for what its invitation grants. The inviter's key and the invitation are locked, in this order, so that
   * one of two concurrent calls, on any server, gets it, and none does after the inviter was revoked. Throws
   * `unauthenticated`, `too-many-requests`, `invitation-closed`, `invitation-of-another-kind`, and what creating a key throws.
   */
  async redeem(code: string, wanted: WantedGrant, client: ClientInfo): Promise<Redeemed> {
    const { store, signIn } = this.deps;
    const found = await this.#find(code, client.address);
    const outcome = await store.write((transaction) => this.#redeemWithin(transaction, found, wanted, client));
    if (!outcome) throw new Fault('unauthenticated', UNKNOWN_CODE);
    if ('closed' in outcome) throw new Fault('invitation-closed', outcome.closed);
    const { key, opened } = outcome;
    const { invitationId } = found;
    if (!opened) return { invitationId, key, signedIn: null };
    return { invitationId, key: null, signedIn: await signIn.identify(opened) };
  }

  async #redeemWithin(
    transaction: Transaction,
    { accountId, invitationId, createdBy }: InvitationRow,
    wanted: WantedGrant,
    client: ClientInfo,
  ): Promise<Outcome | null> {
    const { clock, keys, signIn } = this.deps;
    const { manager } = transaction;
    const now = clock.now();
    const locked = await lockKey(transaction, accountId, createdBy);
    const row = await lockInvitation(transaction, accountId, invitationId);
    // The inviter's key was rotated since the invitation was read. This lock is out of order: a deadlock is retried.
    const isMoved = row !== null && row.createdBy !== createdBy;
    const inviter = isMoved ? await lockKey(transaction, accountId, row.createdBy) : locked;
    if (!row || !inviter) return null;
    const state = getInvitationState(row, isValid(inviter, now), now);
    if (state !== 'open') {
      // Returned, not thrown: the audit row must be committed.
      const closed = describeClosed(row, state, formatInstant);
      await recordRefusal(transaction, inviter, { invitationId, closed, address: client.address }, now);
      return { closed };
    }
    requireGrant(row, wanted);
    requireMintable(inviter, row.role);
    const device = describeDevice(client.userAgent);
    const create = toKeyCreate(row, device, this.deps.settings.webSessionMaxMs);
    const key = await keys.createWithin(transaction, inviter, create, now);
    const opened =
      row.grants === 'web-session'
        ? await signIn.openWithin(transaction, key.row, client, { ownsKey: true, now })
        : null;
    // The try of a right typed code is given back.
    const typedTries = Math.max(0, row.typedTries - 1);
    await manager.update(Invitation, { invitationId }, { usedAt: now, keyId: key.row.keyId, typedTries });
    const detail = `invitation ${invitationId} of key ${inviter.keyId}`;
    const entry = { action: 'redeemInvitation', subject: key.row.keyId, detail };
    await recordAuditEntry(manager, { ...key.row, address: client.address }, entry, now);
    return { key, opened };
  }

  /** Throws `unauthenticated`, or `too-many-requests` when the address has sent too many codes that are unknown. */
  async #find(code: string, address: string | undefined): Promise<InvitationRow> {
    const { authenticator, limits } = this.deps;
    const parsed = parseCode(code);
    // An address that guesses may use no short code at all; a long one can't be guessed, so it is always let in.
    if (parsed?.kind === 'typed' && address !== undefined && (await limits.isSuspect(address))) {
      const status = await limits.countInvalidCredential(address);
      if (status) limits.requireWithinBudget([status]);
    }
    const find = async (lane: LookupLane) => {
      if (parsed?.kind === 'long') return this.#byCode.find(parsed.codeHash, lane);
      return parsed && this.#findTyped(parsed.locator, parsed.secret);
    };
    const found = await authenticator.authenticateCode(find, address);
    if (!found) throw new Fault('unauthenticated', UNKNOWN_CODE);
    return found;
  }

  /** Takes a try before it compares, so that no number of concurrent guesses gets more tries than there are. */
  async #findTyped(locator: string, secret: string): Promise<InvitationRow | null> {
    const { store, clock } = this.deps;
    const rows = await store.read((manager) => manager.findBy(Invitation, { locator }));
    for (const row of rows) {
      const { invitationId, typedHash } = row;
      const mayTry = await store.write((transaction) => takeTry(transaction, row, clock.now()));
      if (mayTry && typedHash !== null && (await verifyTypedSecret(secret, invitationId, typedHash))) return row;
    }
    return null;
  }
}

/** The key that an invitation is traded for. That of a web session lives as long as that at most. */
const toKeyCreate = (
  { grants, role, programId, label, ttlDays }: InvitationRow,
  device: string | null,
  webSessionMaxMs: number,
) =>
  ({
    role,
    ...(programId !== null && { programId }),
    label: label ?? device ?? 'By invitation',
    // Who says how long a key is to live means that it ends then.
    renewable: grants === 'key' && role === 'program' && ttlDays === null,
    ...(ttlDays !== null && { ttlDays }),
    ...(grants === 'web-session' && { ttlDays: Math.ceil(webSessionMaxMs / DAY) }),
  }) satisfies KeyCreate;

/**
 * Audits that a code was presented which is no longer good: whoever did may have stolen it. One row for each invitation and
 * reason, whose id is derived from both, so that the audit can't be filled. The inviter's key stands for the caller, who has none.
 */
async function recordRefusal(
  { manager }: Transaction,
  inviter: KeyRow,
  { invitationId, address, closed }: { invitationId: string; address: string | undefined; closed: string },
  now: number,
): Promise<void> {
  const { accountId } = inviter;
  const auditId = createHash('sha256')
    .update(JSON.stringify([invitationId, closed]))
    .digest('hex')
    .slice(0, 32);
  if (await manager.existsBy(Audit, { accountId, auditId })) return;
  const entry = { auditId, action: 'redeemInvitation', subject: invitationId, outcome: 'denied' as const };
  const detail = `Somebody presented its code. ${closed}`;
  await recordAuditEntry(manager, { ...inviter, address }, { ...entry, detail }, now);
}

const UNKNOWN_CODE =
  'This code is mistyped or unknown, or too many wrong ones were tried. A code is good once, for ten minutes: ask for another one.';
