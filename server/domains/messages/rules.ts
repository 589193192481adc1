/** The rules of messages. Pure functions: the caller passes the time. */
import type { components } from '../../../openapi/generated/types.ts';
import { SECOND } from '../../platform/clock.ts';
import type { Principal } from '../../platform/principal.ts';
import type { MessageRow } from './entity.ts';

/** A new message. Its sender is the program of the caller's key. */
export function newMessage(
  { accountId, programId, keyId }: Principal,
  messageId: string,
  { to, kind, text, replyTo, ttlSeconds }: components['schemas']['MessageSend'],
  now: number,
): MessageRow {
  return {
    accountId,
    messageId,
    sender: programId,
    senderKeyId: keyId,
    target: to,
    kind,
    text,
    replyTo: replyTo ?? null,
    createdAt: now,
    expiresAt: ttlSeconds === undefined ? null : now + ttlSeconds * SECOND,
  };
}
