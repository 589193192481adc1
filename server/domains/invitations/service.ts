/** Creating, listing and withdrawing invitations. Each change and its audit row are one transaction. */
import type { EntityManager } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import { type Clock, formatInstant } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import { type Principal, SERVER_ACCOUNT } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { Key, type KeyCache, lockValidCaller, requireMintable } from '../keys/index.ts';
import { generateCode, generateTypedCode, hashCode, hashTypedSecret } from './codes.ts';
import { Invitation, type InvitationRow } from './entity.ts';
import { lockInvitation, withStates } from './queries.ts';
import { getInvitationState, type InvitationCreate, newInvitation } from './rules.ts';
import type { ListedInvitation } from './view.ts';

export interface InvitationDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly caps: AccountCaps;
  readonly keyCache: KeyCache;
}

/** An invitation with its codes, which are returned once and stored nowhere. */
export interface CreatedInvitation {
  readonly row: InvitationRow;
  readonly code: string;
  readonly typedCode: string | null;
}

export class InvitationService {
  constructor(private readonly deps: InvitationDependencies) {}

  /** Throws `forbidden` for more rights than the caller's own, `invalid-request`, `account-limit-reached`. */
  async create(principal: Principal, create: InvitationCreate): Promise<CreatedInvitation> {
    const { store, clock, caps } = this.deps;
    requireMintable(principal, create.role ?? 'program');
    const invitationId = timeOrderedId();
    const code = generateCode();
    const typed = create.typedCode ? generateTypedCode() : null;
    const codes = {
      invitationId,
      codeHash: hashCode(code),
      locator: typed?.locator ?? null,
      typedHash: typed && (await hashTypedSecret(typed.secret, invitationId)),
    };
    const now = clock.now();
    const row = newInvitation(principal, create, codes, now);
    await store.write(async (transaction) => {
      const { manager } = transaction;
      await lockValidCaller(transaction, principal, now);
      await caps.require(manager, 'openInvitations', row.accountId, now);
      await manager.insert(Invitation, row);
      const detail = `${row.grants} of the role ${row.role}${row.programId === null ? '' : ` for ${row.programId}`}`;
      await recordAuditEntry(manager, principal, { action: 'createInvitation', subject: invitationId, detail }, now);
    });
    return { row, code, typedCode: typed?.text ?? null };
  }

  /** The code of an invitation that signs in with the rights of the first valid operator key; null when there is none. */
  async createForOperator(): Promise<string | null> {
    const operator = await this.#findFirstOperator();
    if (!operator) return null;
    const { code } = await this.create(operator, {
      grants: 'web-session',
      role: 'operator',
      label: 'Start-up link',
    });
    return code;
  }

  /** A page of the account's invitations, the newest first. */
  list({ accountId }: Principal, request: PageRequest) {
    const { store, clock } = this.deps;
    return store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Invitation, 'invitation')
        .where('invitation.accountId = :accountId', { accountId });
      const { page, nextCursor } = await paginateNewestFirst(query, ['createdAt', 'invitationId'], request);
      return { page: await withStates(manager, accountId, page, clock.now()), nextCursor };
    });
  }

  /** Throws `invitation-not-found`. */
  async get({ accountId }: Principal, invitationId: string): Promise<ListedInvitation> {
    const { store, clock } = this.deps;
    const [found] = await store.read(async (manager) => {
      const rows = await manager.findBy(Invitation, { accountId, invitationId });
      return withStates(manager, accountId, rows, clock.now());
    });
    return found ?? rejectUnknown(invitationId);
  }

  /** Throws `invitation-not-found`, `forbidden`, and `invitation-closed` for one that was used. */
  async withdraw(principal: Principal, invitationId: string): Promise<void> {
    const { store, clock } = this.deps;
    await store.write(async (transaction) => {
      const now = clock.now();
      const row = (await lockInvitation(transaction, principal.accountId, invitationId)) ?? rejectUnknown(invitationId);
      requireMintable(principal, row.role);
      const state = getInvitationState(row, true, now);
      if (state === 'used') throw new Fault('invitation-closed', describeUsed(row));
      if (state !== 'open') return;
      await transaction.manager.update(Invitation, { invitationId }, { withdrawnAt: now });
      const entry = { action: 'withdrawInvitation', subject: invitationId };
      await recordAuditEntry(transaction.manager, principal, entry, now);
    });
  }

  /** The oldest valid operator key of the server's own account. */
  async #findFirstOperator(): Promise<Principal | null> {
    const { store, keyCache } = this.deps;
    for (const keyId of await store.read((manager) => findOperatorKeyIds(manager))) {
      const principal = await keyCache.findPrincipalByKeyId(keyId);
      if (principal) return principal;
    }
    return null;
  }
}

/** The oldest first. */
async function findOperatorKeyIds(manager: EntityManager): Promise<string[]> {
  const keys = await manager.find(Key, {
    where: { accountId: SERVER_ACCOUNT, role: 'operator' },
    order: { createdAt: 'ASC', keyId: 'ASC' },
    select: { keyId: true },
  });
  return keys.map(({ keyId }) => keyId);
}

function rejectUnknown(invitationId: string): never {
  throw new Fault('invitation-not-found', `No invitation '${invitationId}' in this account.`);
}

const describeUsed = ({ invitationId, keyId, usedAt }: InvitationRow): string =>
  `Invitation '${invitationId}' was used at ${formatInstant(usedAt ?? 0)}. Revoke the key '${keyId}' that it was traded for.`;
