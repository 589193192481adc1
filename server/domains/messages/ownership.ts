/** Decides who sent a message, and whose inbox a request means. */
import { Fault, invalidField } from '../../platform/faults.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import type { MessageRow } from './entity.ts';

/** Whether the caller sent the message. For a key without a program, that is the key itself. */
export const isSender = ({ programId, keyId }: Principal, { sender, senderKeyId }: MessageRow): boolean =>
  programId === null ? sender === null && senderKeyId === keyId : sender === programId;

/** The program whose inbox the request means. Throws `forbidden` for another program's, `invalid-request` when there is none. */
export function resolveInbox(
  principal: Principal,
  requestedProgramId: string | undefined,
  action: 'read' | 'acknowledge' | 'confirm',
): string {
  const recipient = requestedProgramId ?? principal.programId;
  if (recipient === null)
    throw invalidField('query', '/programId', 'is needed, because this key has no program and so no inbox of its own');
  const mayAct = isAdmin(principal) || (action === 'read' && principal.role === 'auditor');
  if (recipient === principal.programId || mayAct) return recipient;
  throw new Fault('forbidden', `Only the program '${recipient}' itself or an admin may ${action} its messages.`);
}
