/**
 * Messages reach agents that have no hooks by the tools that they call anyway. The answer to update_session brings the texts of those that no
 * agent of the program has got; these, and what list_messages and boot_program have shown, are then recorded as delivered.
 * That is done once the answer is handed to the network: whatever dies before it, the messages are brought again. So they are when a program's writes
 * must name their session and the tool has none (list_messages): its next heartbeat brings and confirms them.
 */
import type { components } from '../../../openapi/generated/types.ts';
import type { Caller } from './caller.ts';
import type { HttpRequest, HttpResponse } from './dispatch.ts';
import { quoteMessages } from './quoted-messages.ts';

type Schemas = components['schemas'];

/** The response to a tool call, with new messages where its operation brings them. */
export async function bringMessages(
  operationId: string,
  response: HttpResponse,
  caller: Caller,
): Promise<HttpResponse> {
  if (response.status >= 400 || caller.principal.programId === null) return response;
  switch (operationId) {
    case 'updateSession':
      return await addNewMessages(response, caller);
    case 'listMessages': {
      const { messages } = JSON.parse(response.body) as Schemas['MessagePage'];
      confirmAfterResponse(messages, caller);
      return response;
    }
    case 'bootProgram': {
      const { session, messages, leftOut } = JSON.parse(response.body) as Schemas['Boot'];
      const isLastCut = leftOut.some(({ part }) => part === 'text of the last message');
      confirmAfterResponse(isLastCut ? messages.slice(0, -1) : messages, caller, session.sessionId);
      return response;
    }
    default:
      return response;
  }
}

/** Returns the response unchanged when there are none, or when they cannot be read now: the heartbeat has been recorded. */
async function addNewMessages(response: HttpResponse, caller: Caller): Promise<HttpResponse> {
  const report = JSON.parse(response.body) as Schemas['SessionReport'];
  if (report.pendingMessages === 0 || report.programId !== caller.principal.programId) return response;
  const inbox = await caller.dispatch(() => request(caller, 'GET', '/v1/messages?undelivered=true&limit=50'));
  if (inbox.status !== 200) return response;
  const { messages } = JSON.parse(inbox.body) as Schemas['MessagePage'];
  if (messages.length === 0) return response;
  const { text, messageIds } = quoteMessages(messages);
  confirmAfterResponse(
    messages.filter(({ messageId }) => messageIds.includes(messageId)),
    caller,
    report.sessionId,
  );
  return { ...response, body: JSON.stringify({ ...report, newMessages: text }) };
}

function confirmAfterResponse(
  messages: readonly Pick<Schemas['Message'], 'messageId' | 'recipient' | 'deliveredAt'>[],
  caller: Caller,
  sessionId?: string,
): void {
  const isNew = ({ recipient, deliveredAt }: (typeof messages)[number]) =>
    deliveredAt === null && recipient === caller.principal.programId;
  const messageIds = messages.filter(isNew).map(({ messageId }) => messageId);
  if (messageIds.length === 0) return;
  caller.afterResponse(async () => {
    await caller.dispatch(() => request(caller, 'POST', '/v1/messages/deliveries', { messageIds, sessionId }));
  });
}

const request = ({ authorization }: Caller, method: string, url: string, body?: object): HttpRequest => ({
  method,
  url,
  headers: { authorization, ...(body && { 'content-type': 'application/json' }) },
  body: body && JSON.stringify(body),
});
