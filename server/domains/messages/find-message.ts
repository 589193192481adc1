/** Finds a message for its sender, its recipients and those who may see all, and says why an acknowledgement is refused. */
import type { EntityManager } from 'typeorm';
import { Fault } from '../../platform/faults.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import { Delivery, Message, type MessageRow } from './entity.ts';
import { isSender } from './ownership.ts';

/** The message. Throws `message-not-found` unless the caller sent or received it or is an admin. */
export async function requireVisible(
  manager: EntityManager,
  principal: Principal,
  messageId: string,
): Promise<MessageRow> {
  const { message, isOwn } = await findMessage(manager, principal, messageId);
  if (!isOwn && !isAdmin(principal)) throw messageNotFound(messageId);
  return message;
}

/** The message, and whether the caller sent or received it. Throws `message-not-found`. */
export async function findMessage(manager: EntityManager, principal: Principal, messageId: string) {
  const { accountId, programId: recipient } = principal;
  const message = await manager.findOneBy(Message, { accountId, messageId });
  if (!message) throw messageNotFound(messageId);
  const received = () => recipient !== null && manager.existsBy(Delivery, { accountId, recipient, messageId });
  return { message, isOwn: isSender(principal, message) || (await received()) };
}

/** Why an acknowledgement is refused: a program gets `forbidden`; an admin learns that the program has no such message. */
export const notRecipient = (principal: Principal, { messageId }: MessageRow, recipient: string): Fault =>
  isAdmin(principal)
    ? new Fault('message-not-found', `Message '${messageId}' was not sent to '${recipient}'.`)
    : new Fault(
        'forbidden',
        `Message '${messageId}' was not sent to '${recipient}'; only its recipients acknowledge it.`,
      );

export const messageNotFound = (messageId: string): Fault =>
  new Fault('message-not-found', `No message '${messageId}' was sent by this program or to it.`);
