/** Queries of messages. All filters run in the database, before the limit. */
import { type EntityManager, In } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import { findKeysInRanges, type IndexRange } from '../../platform/database/index-ranges.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Principal } from '../../platform/principal.ts';
import { DELIVERED, Delivery, Message, READ } from './entity.ts';
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
  const { accountId, recipient, limit } = filter;
  const keys = await findKeysInRanges<{ messageId: string; createdAt: number | string }>(manager, {
    from: 'message_deliveries d',
    alias: 'd',
    sortColumn: 'createdAt',
    idColumn: 'messageId',
    direction: 'ASC',
    ranges: inboxRanges(filter),
    after: decodeCursor(filter.cursor),
    limit: limit + 1,
  });
  const { page, nextCursor } = toPage(keys, limit, (key) => [Number(key.createdAt), key.messageId]);
  return { messages: await loadReceived(manager, { accountId, recipient }, page), nextCursor };
}

const STAGES = [0, DELIVERED, READ, DELIVERED | READ];

/** Ranges of the indices deliveries_unread, deliveries_oldest and deliveries_by_*, with no row in common. */
function inboxRanges(filter: InboxFilter): IndexRange[] {
  const { accountId, recipient, includeRead, undelivered, kind, sender, now } = filter;
  const state = [
    '(d.expiresAt IS NULL OR d.expiresAt > ?)',
    ...(includeRead ? [] : ['d.readAt IS NULL']),
    ...(undelivered ? ['d.deliveredAt IS NULL'] : []),
  ].join(' AND ');
  const inbox = 'd.accountId = ? AND d.recipient = ?';
  const wanted = Object.entries({ kind, sender }).filter(([, value]) => value !== undefined);
  const values = wanted.map(([, value]) => value);
  if (values.length === 0 && !undelivered) return [[`${inbox} AND ${state}`, [accountId, recipient, now]]];
  const inDelivery = wanted.map(([column]) => ` AND d.${column} = ?`).join('');
  const excluded = (includeRead ? 0 : READ) | (undelivered ? DELIVERED : 0);
  const filled = STAGES.filter((stage) => (stage & excluded) === 0).map(
    (stage): IndexRange => [
      `${inbox} AND d.stage = ${stage}${inDelivery} AND ${state}`,
      [accountId, recipient, ...values, now],
    ],
  );
  const inMessage = wanted.map(([column]) => ` AND m.${column} = ?`).join('');
  const unfilled: IndexRange = [
    `${inbox} AND d.stage IS NULL AND ${state} AND EXISTS
       (SELECT 1 FROM messages m WHERE m.accountId = d.accountId AND m.messageId = d.messageId${inMessage})`,
    [accountId, recipient, now, ...values],
  ];
  return [...filled, unfilled];
}

/** The deliveries of a page with their messages, in its order. */
async function loadReceived(
  manager: EntityManager,
  { accountId, recipient }: Pick<InboxFilter, 'accountId' | 'recipient'>,
  page: readonly { messageId: string }[],
): Promise<ReceivedMessage[]> {
  if (page.length === 0) return [];
  const messageId = In(page.map((key) => key.messageId));
  const deliveries = new Map(
    (await manager.findBy(Delivery, { accountId, recipient, messageId })).map((row) => [row.messageId, row]),
  );
  const messages = new Map(
    (await manager.findBy(Message, { accountId, messageId })).map((row) => [row.messageId, row]),
  );
  return page.flatMap((key) => {
    const message = messages.get(key.messageId);
    const delivery = deliveries.get(key.messageId);
    return message && delivery ? { message, delivery } : [];
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

export const NO_DELIVERIES: DeliveryCounts = { recipients: 0, delivered: 0, acknowledged: 0, answered: 0 };

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
