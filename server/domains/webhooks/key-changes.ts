/** What becomes of webhooks when the key that owns them is revoked or rotated. Part of that key's transaction. */
import { In } from 'typeorm';
import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { Webhook } from './entity.ts';

/**
 * Disables the webhooks of revoked keys, or whoever held such a key would go on receiving the account's events. An admin
 * who enables one again takes it over.
 */
export async function disableWebhooksOfKeys(
  transaction: Transaction,
  principal: Pick<Principal, 'accountId' | 'keyId' | 'role' | 'programId' | 'address'>,
  keyIds: readonly string[],
  now: number,
): Promise<void> {
  if (keyIds.length === 0) return;
  const { manager, forUpdate } = transaction;
  const { accountId } = principal;
  const query = manager
    .createQueryBuilder(Webhook, 'webhook')
    .where('webhook.accountId = :accountId AND webhook.enabled = 1', { accountId })
    .andWhere('webhook.createdByKey IN (:...keyIds)', { keyIds });
  const webhooks = await forUpdate(query).getMany();
  if (webhooks.length === 0) return;
  const reason = 'key-revoked';
  const webhookIds = webhooks.map(({ webhookId }) => webhookId);
  await manager.update(Webhook, { accountId, webhookId: In(webhookIds) }, { enabled: false, disabledReason: reason });
  for (const { webhookId, programId, createdByKey } of webhooks) {
    const detail = `Key ${createdByKey} was revoked.`;
    await recordAuditEntry(manager, principal, { action: 'disableWebhook', subject: webhookId, detail }, now);
    const event = { type: 'webhook.disabled' as const, programId, sessionId: null, data: { webhookId, reason } };
    appendEvents(transaction, accountId, now, [event]);
  }
}

/** Gives the webhooks of a rotated key to its successor. */
export const moveWebhooksToKey = async (
  { manager }: Transaction,
  accountId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> => void (await manager.update(Webhook, { accountId, createdByKey: from }, { createdByKey: to }));
