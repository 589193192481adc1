/**
 * Sends, lists and acknowledges messages. A message and its deliveries are stored in one transaction; a delivery's row is
 * locked before it is read. Lock order: the named session, delivery, then the account's event counter.
 */
import { type EntityManager, In, IsNull } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import type { components, operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents, type NewEvent } from '../../platform/events/outbox.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import type { Principal } from '../../platform/principal.ts';
import { recordAuditEntry, recordRead } from '../audit/index.ts';
import { requireProgram } from '../programs/index.ts';
import { requireFence } from '../sessions/index.ts';
import { WILDCARD_TARGET } from '../tasks/index.ts';
import { DELIVERED, Delivery, Message, type MessageRow, READ } from './entity.ts';
import { findMessage, messageNotFound, notRecipient, requireVisible } from './find-message.ts';
import { resolveInbox } from './ownership.ts';
import { countDeliveries, listInbox, listSent, NO_DELIVERIES } from './queries.ts';
import { newMessage } from './rules.ts';
import type { ReceivedMessage, SentMessage } from './view.ts';

type Query<Id extends 'listMessages' | 'listSentMessages' | 'acknowledgeMessage'> = NonNullable<
  operations[Id]['parameters']['query']
>;

export class MessageService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly caps: AccountCaps,
  ) {}

  /**
   * Sends a message to one program or to all others. Throws `program-not-found`, `message-not-found`,
   * `account-limit-reached`, and what `requireFence` throws.
   */
  send(principal: Principal, send: components['schemas']['MessageSend']): Promise<SentMessage> {
    const messageId = timeOrderedId();
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      const { accountId } = principal;
      await requireFence(transaction, principal, send.sessionId);
      if (send.to !== WILDCARD_TARGET) await requireProgram(manager, { accountId, programId: send.to });
      const answered = send.replyTo === undefined ? null : await requireVisible(manager, principal, send.replyTo);
      const now = this.clock.now();
      const message = newMessage(principal, messageId, send, now);
      await manager.insert(Message, message);
      await insertDeliveries(manager, message);
      const counted = (await countDeliveries(manager, accountId, [messageId])).get(messageId);
      const recipients = counted?.recipients ?? 0;
      // Its own deliveries are among those counted.
      await this.caps.require(manager, 'unreadMessages', accountId, now, { adding: recipients, inserted: true });
      const data = { ...toEventData(message), recipients };
      const events: NewEvent[] = [{ type: 'message.sent', programId: message.sender, sessionId: null, data }];
      if (answered && (await markAnswered(manager, principal, answered.messageId, now)))
        events.push(toEvent('message.answered', principal.programId, answered));
      appendEvents(transaction, accountId, now, events);
      return { message, counts: { recipients, delivered: 0, acknowledged: 0, answered: 0 } };
    });
  }

  /**
   * A message with how far it has come. Whoever reads one between others, which only admins and auditors may, leaves an audit
   * row first. Throws `message-not-found`.
   */
  async get(principal: Principal, messageId: string): Promise<SentMessage> {
    const { accountId } = principal;
    const { message, isOwn } = await this.store.read((manager) => findMessage(manager, principal, messageId));
    if (!isOwn) {
      if (principal.role === 'program') throw messageNotFound(messageId);
      await recordRead(this.store, this.clock, principal, { action: 'getMessage', subject: messageId });
    }
    const counts = await this.store.read((manager) => countDeliveries(manager, accountId, [messageId]));
    return { message, counts: counts.get(messageId) ?? NO_DELIVERIES };
  }

  /** A page of an inbox, the oldest message first. Throws `forbidden`, `program-not-found`. */
  async inbox(principal: Principal, query: Query<'listMessages'>) {
    const { accountId } = principal;
    const recipient = resolveInbox(principal, query.programId, 'read');
    if (recipient !== principal.programId) await this.#auditForeignRead(principal, recipient);
    const { includeRead = false, undelivered = false, kind, sender, limit = 10, cursor } = query;
    const now = this.clock.now();
    const filter = { accountId, recipient, includeRead, undelivered, kind, sender, limit, cursor, now };
    return this.store.read((manager) => listInbox(manager, filter));
  }

  /** A page of the messages that the caller's program has sent, newest first. */
  sent(principal: Principal, { limit = 10, cursor }: Query<'listSentMessages'>) {
    return this.store.read((manager) => listSent(manager, principal, { limit, cursor }));
  }

  /**
   * Records that the texts of messages have reached an agent of the recipient, and returns the ids of those that had not been delivered before. Ids that
   * are not in the inbox are ignored. The rows are locked, so each message is delivered once. Throws `forbidden`, and what `requireFence` throws: what a
   * superseded session was shown has not reached its successor.
   */
  confirmDelivery(
    principal: Principal,
    { messageIds, sessionId }: components['schemas']['DeliveryConfirmation'],
    requestedProgramId: string | undefined,
  ): Promise<string[]> {
    const { accountId } = principal;
    const recipient = resolveInbox(principal, requestedProgramId, 'confirm');
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      await requireFence(transaction, principal, sessionId);
      const pending = await lockUndelivered(transaction, { accountId, recipient, messageIds });
      const ids = pending.map(({ messageId }) => messageId);
      if (ids.length === 0) return [];
      const deliveredAt = this.clock.now();
      await manager.update(
        Delivery,
        { accountId, recipient, messageId: In(ids) },
        { deliveredAt, stage: adding(DELIVERED) },
      );
      if (recipient !== principal.programId)
        await recordAuditEntry(manager, principal, { action: 'confirmDelivery', subject: recipient }, deliveredAt);
      const messages = await manager.findBy(Message, { accountId, messageId: In(ids) });
      const events = messages.map((message) => toEvent('message.delivered', recipient, message));
      appendEvents(transaction, accountId, deliveredAt, events);
      return ids;
    });
  }

  /**
   * Marks a delivery as read. A second acknowledgement changes nothing. Throws `message-not-found`, `forbidden`, and
   * what `requireFence` throws.
   */
  acknowledge(
    principal: Principal,
    messageId: string,
    { programId: requestedProgramId, sessionId }: Query<'acknowledgeMessage'>,
  ): Promise<ReceivedMessage> {
    const { accountId } = principal;
    const recipient = resolveInbox(principal, requestedProgramId, 'acknowledge');
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      await requireFence(transaction, principal, sessionId, 'query');
      const message = await manager.findOneBy(Message, { accountId, messageId });
      if (!message) throw messageNotFound(messageId);
      const delivery = await lockDelivery(transaction, { accountId, recipient, messageId });
      if (!delivery) throw notRecipient(principal, message, recipient);
      if (delivery.readAt !== null) return { message, delivery };
      const readAt = this.clock.now();
      await manager.update(Delivery, { accountId, recipient, messageId }, { readAt, stage: adding(READ) });
      if (recipient !== principal.programId)
        await recordAuditEntry(manager, principal, { action: 'acknowledgeMessage', subject: recipient }, readAt);
      appendEvents(transaction, accountId, readAt, [toEvent('message.acknowledged', recipient, message)]);
      return { message, delivery: { ...delivery, readAt } };
    });
  }

  /** Reading another program's inbox leaves an audit row. */
  async #auditForeignRead(principal: Principal, programId: string): Promise<void> {
    const act = { action: 'listMessages', subject: programId };
    await this.store.write(async ({ manager }) => {
      await requireProgram(manager, { accountId: principal.accountId, programId });
      await recordAuditEntry(manager, principal, act, this.clock.now());
    });
  }
}

/** Inserts one delivery per recipient, in a single statement. */
async function insertDeliveries(manager: EntityManager, message: MessageRow): Promise<void> {
  const { accountId, messageId, target, sender, kind, createdAt, expiresAt } = message;
  const [condition, value] = target === WILDCARD_TARGET ? ['programId <> ?', sender ?? ''] : ['programId = ?', target];
  await manager.query(
    `INSERT INTO message_deliveries (accountId, recipient, messageId, createdAt, expiresAt, kind, sender, stage)
     SELECT accountId, programId, ?, ?, ?, ?, ?, 0 FROM programs WHERE accountId = ? AND removedAt IS NULL AND ${condition}`,
    [messageId, createdAt, expiresAt, kind, sender, accountId, value],
  );
}

/** Only for a locked row whose `stage` lacks the part. A null stays null. */
const adding = (part: number) => () => `stage + ${part}`;

const lockDelivery = (
  { manager, forUpdate }: Transaction,
  key: { accountId: string; recipient: string; messageId: string },
) =>
  forUpdate(
    manager
      .createQueryBuilder(Delivery, 'delivery')
      .where('delivery.accountId = :accountId AND delivery.recipient = :recipient', key)
      .andWhere('delivery.messageId = :messageId', key),
  ).getOne();

/** In the order of their ids, so that two that confirm the same messages do not wait for each other. */
const lockUndelivered = (
  { manager, forUpdate }: Transaction,
  key: { accountId: string; recipient: string; messageIds: readonly string[] },
) =>
  forUpdate(
    manager
      .createQueryBuilder(Delivery, 'delivery')
      .where('delivery.accountId = :accountId AND delivery.recipient = :recipient', key)
      .andWhere('delivery.messageId IN (:...messageIds) AND delivery.deliveredAt IS NULL', key)
      .orderBy('delivery.messageId'),
  ).getMany();

/** True for the first answer of a recipient. One statement, so that of two answers at once one is the first. */
async function markAnswered(
  manager: EntityManager,
  { accountId, programId }: Principal,
  messageId: string,
  now: number,
): Promise<boolean> {
  if (programId === null) return false;
  const delivery = { accountId, recipient: programId, messageId, answeredAt: IsNull() };
  return (await manager.update(Delivery, delivery, { answeredAt: now })).affected === 1;
}

/** A message as events have it: without its text. */
const toEventData = ({ messageId, sender, target: to, kind, replyTo }: MessageRow) => ({
  messageId,
  sender,
  to,
  kind,
  replyTo,
});

const toEvent = (
  type: 'message.delivered' | 'message.acknowledged' | 'message.answered',
  programId: string | null,
  message: MessageRow,
): NewEvent => ({ type, programId, sessionId: null, data: toEventData(message) });
