/**
 * Sends, lists and acknowledges messages. A message and its deliveries are stored in one transaction; a delivery's row is
 * locked before it is read. Lock order: the named session, delivery, then the account's event counter.
 */
import type { EntityManager } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import type { components, operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { requireProgram } from '../programs/index.ts';
import { requireNotSuperseded } from '../sessions/index.ts';
import { WILDCARD_TARGET } from '../tasks/index.ts';
import { Delivery, Message, type MessageRow } from './entity.ts';
import { isSender, resolveInbox } from './ownership.ts';
import { countDeliveries, listInbox, listSent } from './queries.ts';
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
   * `account-limit-reached`, and `session-superseded` for a named session.
   */
  send(principal: Principal, send: components['schemas']['MessageSend']): Promise<SentMessage> {
    const messageId = timeOrderedId();
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      const { accountId } = principal;
      if (send.sessionId !== undefined) await requireNotSuperseded(transaction, accountId, send.sessionId);
      if (send.to !== WILDCARD_TARGET) await requireProgram(manager, { accountId, programId: send.to });
      if (send.replyTo !== undefined) await requireVisible(manager, principal, send.replyTo);
      const now = this.clock.now();
      const message = newMessage(principal, messageId, send, now);
      await manager.insert(Message, message);
      await insertDeliveries(manager, message);
      const delivered = (await countDeliveries(manager, accountId, [messageId])).get(messageId)?.delivered ?? 0;
      // Its own deliveries are among those counted.
      await this.caps.require(manager, 'unreadMessages', accountId, now, { adding: delivered, inserted: true });
      const { sender: programId, target: to, kind, replyTo } = message;
      const data = { messageId, sender: programId, to, kind, replyTo, delivered };
      appendEvents(transaction, accountId, now, [{ kind: 'message.sent', programId, sessionId: null, data }]);
      return { message, delivered, read: 0 };
    });
  }

  /** A page of an inbox, the oldest message first. Throws `forbidden`, `program-not-found`. */
  async inbox(principal: Principal, query: Query<'listMessages'>) {
    const { accountId } = principal;
    const recipient = resolveInbox(principal, query.programId, 'read');
    if (recipient !== principal.programId) await this.#auditForeignRead(principal, recipient);
    const { includeRead = false, kind, sender, limit = 10, cursor } = query;
    const filter = { accountId, recipient, includeRead, kind, sender, limit, cursor, now: this.clock.now() };
    return this.store.read((manager) => listInbox(manager, filter));
  }

  /** A page of the messages that the caller's program has sent, newest first. */
  sent(principal: Principal, { limit = 10, cursor }: Query<'listSentMessages'>) {
    return this.store.read((manager) => listSent(manager, principal, { limit, cursor }));
  }

  /**
   * Marks a delivery as read. A second acknowledgement changes nothing. Throws `message-not-found`, `forbidden`, and
   * `session-superseded` for a named session.
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
      if (sessionId !== undefined) await requireNotSuperseded(transaction, accountId, sessionId);
      const message = await manager.findOneBy(Message, { accountId, messageId });
      if (!message) throw messageNotFound(messageId);
      const delivery = await lockDelivery(transaction, { accountId, recipient, messageId });
      if (!delivery) throw notRecipient(principal, message, recipient);
      if (delivery.readAt !== null) return { message, delivery };
      const readAt = this.clock.now();
      await manager.update(Delivery, { accountId, recipient, messageId }, { readAt });
      if (recipient !== principal.programId)
        await recordAuditEntry(manager, principal, { action: 'acknowledgeMessage', subject: recipient }, readAt);
      const { sender, target: to, kind, replyTo } = message;
      const data = { messageId, sender, to, kind, replyTo };
      appendEvents(transaction, accountId, readAt, [
        { kind: 'message.acknowledged', programId: recipient, sessionId: null, data },
      ]);
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
  const { accountId, messageId, target, sender, createdAt, expiresAt } = message;
  const [condition, value] = target === WILDCARD_TARGET ? ['programId <> ?', sender ?? ''] : ['programId = ?', target];
  await manager.query(
    `INSERT INTO message_deliveries (accountId, recipient, messageId, createdAt, readAt, expiresAt)
     SELECT accountId, programId, ?, ?, NULL, ? FROM programs WHERE accountId = ? AND removedAt IS NULL AND ${condition}`,
    [messageId, createdAt, expiresAt, accountId, value],
  );
}

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

/** Throws `message-not-found` unless the caller sent or received the message or is an admin. */
async function requireVisible(manager: EntityManager, principal: Principal, messageId: string): Promise<void> {
  const { accountId, programId: recipient } = principal;
  const message = await manager.findOneBy(Message, { accountId, messageId });
  if (!message) throw messageNotFound(messageId);
  if (isAdmin(principal) || isSender(principal, message)) return;
  if (recipient !== null && (await manager.existsBy(Delivery, { accountId, recipient, messageId }))) return;
  throw messageNotFound(messageId);
}

/** Why an acknowledgement is refused: a program gets `forbidden`; an admin learns that the program has no such message. */
const notRecipient = (principal: Principal, { messageId }: MessageRow, recipient: string): Fault =>
  isAdmin(principal)
    ? new Fault('message-not-found', `Message '${messageId}' was not sent to '${recipient}'.`)
    : new Fault(
        'forbidden',
        `Message '${messageId}' was not sent to '${recipient}'; only its recipients acknowledge it.`,
      );

const messageNotFound = (messageId: string): Fault =>
  new Fault('message-not-found', `No message '${messageId}' was sent by this program or to it.`);
