/** Queries of messages. All filters run in the database, before the limit. */
import { type EntityManager, In } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Principal } from '../../platform/principal.ts';
import { Delivery, type DeliveryRow, Message } from './entity.ts';
import type { DeliveryCounts, ReceivedMessage, SentMessage } from './view.ts';

export interface InboxFilter {
  readonly accountId: string;
  readonly recipient: string;
  readonly includeRead: boolean;
  /** Only those that no agent of the recipient has got. */
  readonly undelivered: boolean;
  readonly kind: components['schemas']['MessageKind'] | undefined;
  readonly sender: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly now: number;
}

/** A page of an inbox, oldest message first, without expired messages. */
export async function listInbox(manager: EntityManager, filter: InboxFilter) {
  const { accountId, recipient, includeRead, undelivered, kind, sender, limit, now } = filter;
  const after = decodeCursor(filter.cursor);
  const query = manager
    .createQueryBuilder(Delivery, 'delivery')
    .where('delivery.accountId = :accountId AND delivery.recipient = :recipient', { accountId, recipient })
    .andWhere('(delivery.expiresAt IS NULL OR delivery.expiresAt > :now)', { now })
    .orderBy('delivery.createdAt')
    .addOrderBy('delivery.messageId')
    .limit(limit + 1);
  if (!includeRead) query.andWhere('delivery.readAt IS NULL');
  if (undelivered) query.andWhere('delivery.deliveredAt IS NULL');
  if (kind !== undefined || sender !== undefined)
    query.innerJoin(
      'Message',
      'message',
      'message.accountId = delivery.accountId AND message.messageId = delivery.messageId',
    );
  if (kind !== undefined) query.andWhere('message.kind = :kind', { kind });
  if (sender !== undefined) query.andWhere('message.sender = :sender', { sender });
  if (after)
    query.andWhere('(delivery.createdAt > :at OR (delivery.createdAt = :at AND delivery.messageId > :id))', {
      at: after[0],
      id: after[1],
    });
  const { page, nextCursor } = toPage(await query.getMany(), limit, (row) => [row.createdAt, row.messageId]);
  return { messages: await attachMessages(manager, accountId, page), nextCursor };
}

async function attachMessages(
  manager: EntityManager,
  accountId: string,
  deliveries: readonly DeliveryRow[],
): Promise<ReceivedMessage[]> {
  if (deliveries.length === 0) return [];
  const rows = await manager.findBy(Message, { accountId, messageId: In(deliveries.map((row) => row.messageId)) });
  const messages = new Map(rows.map((row) => [row.messageId, row]));
  return deliveries.flatMap((delivery) => {
    const message = messages.get(delivery.messageId);
    return message ? { message, delivery } : [];
  });
}

/** A page of the messages that a program, or a key without a program, has sent, newest first. */
export async function listSent(
  manager: EntityManager,
  { accountId, programId, keyId }: Principal,
  pageRequest: PageRequest,
) {
  const query = manager.createQueryBuilder(Message, 'message').where('message.accountId = :accountId', { accountId });
  if (programId === null) query.andWhere('message.sender IS NULL AND message.senderKeyId = :keyId', { keyId });
  else query.andWhere('message.sender = :programId', { programId });
  const { page, nextCursor } = await paginateNewestFirst(query, ['createdAt', 'messageId'], pageRequest);
  const counts = await countDeliveries(
    manager,
    accountId,
    page.map((row) => row.messageId),
  );
  return {
    messages: page.map((message): SentMessage => ({ message, counts: counts.get(message.messageId) ?? NO_DELIVERIES })),
    nextCursor,
  };
}

const NO_DELIVERIES: DeliveryCounts = { recipients: 0, delivered: 0, acknowledged: 0, answered: 0 };

/** For each message, the number of its recipients, and of those whom it has reached, who acknowledged and who answered it. */
export async function countDeliveries(manager: EntityManager, accountId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, DeliveryCounts>();
  const rows = await manager
    .createQueryBuilder(Delivery, 'delivery')
    .select('delivery.messageId', 'messageId')
    .addSelect('COUNT(*)', 'recipients')
    .addSelect('COUNT(delivery.deliveredAt)', 'delivered')
    .addSelect('COUNT(delivery.readAt)', 'acknowledged')
    .addSelect('COUNT(delivery.answeredAt)', 'answered')
    .where('delivery.accountId = :accountId AND delivery.messageId IN (:...ids)', { accountId, ids })
    .groupBy('delivery.messageId')
    .getRawMany<{ messageId: string } & Record<keyof DeliveryCounts, number | string>>();
  return new Map(
    rows.map(({ messageId, recipients, delivered, acknowledged, answered }): [string, DeliveryCounts] => [
      messageId,
      {
        recipients: Number(recipients),
        delivered: Number(delivered),
        acknowledged: Number(acknowledged),
        answered: Number(answered),
      },
    ]),
  );
}
