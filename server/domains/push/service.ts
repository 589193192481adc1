/** Push subscriptions as their holders manage them. Each change and its audit row are one transaction. */
import { In } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { EventCounter } from '../../platform/events/entity.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import type { ClientInfo, Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { Key } from '../keys/index.ts';
import { describeDevice } from '../sign-in/index.ts';
import { requireAllowedUrl, type SendOptions } from '../webhooks/index.ts';
import { PushSubscription, type PushSubscriptionRow } from './entity.ts';
import { isPublicKey, toSubscriptionId } from './message.ts';
import { isTimeZone, PUSH_TYPES } from './rules.ts';

type Create = components['schemas']['PushSubscriptionCreate'];

/** For each key. More than a person has browsers; one that subscribes anew has a new endpoint each time. */
const MAX_SUBSCRIPTIONS = 20;

export class PushService {
  constructor(
    private readonly store: Store,
    private readonly send: SendOptions,
    /** What browsers subscribe with. */
    readonly publicKey: string,
  ) {}

  /** Throws `invalid-request` for what nothing can be sent to. It asks name servers: never within a transaction. */
  async check({ accountId }: Principal, { endpoint, keys, types, quietHours }: Create): Promise<void> {
    const other = types.findIndex((type) => !(PUSH_TYPES as readonly string[]).includes(type));
    if (other >= 0) throw invalidField('body', `/types/${other}`, `must be one of ${PUSH_TYPES.join(', ')}`);
    if (!isPublicKey(keys.p256dh)) throw invalidField('body', '/keys/p256dh', 'must be a point on the curve P-256');
    if (quietHours && !isTimeZone(quietHours.timeZone))
      throw invalidField('body', '/quietHours/timeZone', 'must be an IANA time zone, such as Europe/Berlin');
    await requireAllowedUrl(endpoint, accountId, this.send, '/endpoint');
  }

  /**
   * Stores a subscription that `check` has let pass; of one endpoint the later one counts. The key's row is locked, so that
   * of two concurrent calls the second counts the first one's. Throws `unauthenticated` when the key has just been removed.
   */
  async create(principal: Principal, create: Create, client: ClientInfo) {
    const { accountId, keyId, web } = principal;
    const { endpoint, keys, types, showDetails = false, quietHours = null } = create;
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      const now = this.send.clock.now();
      await lockOwnKey(transaction, principal);
      const subscriptionId = toSubscriptionId(endpoint);
      const before = await manager.findOneBy(PushSubscription, { accountId, subscriptionId });
      const row: PushSubscriptionRow = {
        accountId,
        subscriptionId,
        keyId,
        webSession: web?.tokenHash ?? null,
        endpoint,
        ...keys,
        types,
        showDetails,
        quietHours,
        device: describeDevice(client.userAgent),
        createdAt: before?.createdAt ?? now,
        seenSeq: (await manager.findOneBy(EventCounter, { accountId }))?.seq ?? 0,
        nextAt: now,
        failures: 0,
      };
      await manager.delete(PushSubscription, { accountId, subscriptionId });
      await removeOldest(transaction, { accountId, keyId });
      await manager.insert(PushSubscription, row);
      const entry = { action: 'createPushSubscription', subject: subscriptionId };
      await recordAuditEntry(manager, principal, entry, now);
      return { row, isNew: before === null };
    });
  }

  /** The subscriptions of the caller's key, the newest first: twenty at most. */
  list({ accountId, keyId }: Principal): Promise<PushSubscriptionRow[]> {
    return this.store.read((manager) => findOfKey(manager, { accountId, keyId }));
  }

  /** Throws `push-subscription-not-found`, also for one of another key. */
  async remove(principal: Principal, subscriptionId: string): Promise<void> {
    const { accountId, keyId } = principal;
    await this.store.write(async ({ manager }) => {
      const { affected } = await manager.delete(PushSubscription, { accountId, subscriptionId, keyId });
      if (!affected)
        throw new Fault('push-subscription-not-found', `This key has no push subscription '${subscriptionId}'.`);
      const entry = { action: 'deletePushSubscription', subject: subscriptionId };
      await recordAuditEntry(manager, principal, entry, this.send.clock.now());
    });
  }
}

async function lockOwnKey({ manager, forUpdate }: Transaction, { accountId, keyId }: Principal): Promise<void> {
  const query = manager
    .createQueryBuilder(Key, 'api_key')
    .where('api_key.accountId = :accountId AND api_key.keyId = :keyId', { accountId, keyId });
  if (!(await forUpdate(query).getOne()))
    throw new Fault('unauthenticated', 'The key of this request was just removed.');
}

const findOfKey = (
  manager: Transaction['manager'],
  where: Pick<PushSubscriptionRow, 'accountId' | 'keyId'>,
): Promise<PushSubscriptionRow[]> =>
  manager.find(PushSubscription, { where, order: { createdAt: 'DESC', subscriptionId: 'DESC' } });

/** Makes room for one more. */
async function removeOldest(
  { manager }: Transaction,
  owner: Pick<PushSubscriptionRow, 'accountId' | 'keyId'>,
): Promise<void> {
  const rows = await findOfKey(manager, owner);
  const surplus = rows.slice(MAX_SUBSCRIPTIONS - 1).map(({ subscriptionId }) => subscriptionId);
  if (surplus.length > 0)
    await manager.delete(PushSubscription, { accountId: owner.accountId, subscriptionId: In(surplus) });
}
