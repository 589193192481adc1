/** The inbox of a program: unread messages, and replies. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { AccessDenied } from '../../components/access-denied.tsx';
import { Timestamp } from '../../components/age.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { mayManage, mayRead } from '../../permissions.ts';
import { formatInboxStatus } from './delivery-status.ts';
import { MessageCard } from './message-card.tsx';
import type { MessageKind } from './message-kinds.ts';
import { NewMessage } from './new-message.tsx';

type Message = components['schemas']['Message'];

interface InboxProps {
  /** The program whose inbox it is. */
  readonly programId: string;
  readonly includeRead: boolean;
  readonly kind: MessageKind | undefined;
}

export function Inbox({ programId, includeRead, kind }: InboxProps) {
  const [replyingTo, setReplyingTo] = useState<Message | null>(null);
  const readable = mayRead(programId);
  const inbox = usePaginatedQuery(
    async (pageQuery) => {
      // Not requested if it would be denied: each denial is recorded in the audit.
      if (!readable) return { rows: [], nextCursor: null };
      const query = { programId, includeRead, ...(kind && { kind }), ...pageQuery };
      const page = await fleetbeat().messages.list(query);
      return { rows: page.messages, nextCursor: page.nextCursor };
    },
    [programId, includeRead, kind],
    { reloadOnEvent: ({ type: event }) => event.startsWith('message.') },
  );
  const acknowledge = useMutation(async ({ messageId }: Message) => {
    await fleetbeat().messages.acknowledge(messageId, { programId });
    inbox.reload();
  });
  if (!readable) return <AccessDenied title={`Only ${programId} and admins read its inbox`} />;
  return (
    <>
      {inbox.error != null && <Problem error={inbox.error} retry={inbox.reload} />}
      {acknowledge.error != null && <Problem error={acknowledge.error} />}
      {inbox.rows === undefined && inbox.error == null && <Loading what="the inbox" />}
      {inbox.rows?.length === 0 && (
        <EmptyState
          icon="message"
          title={includeRead ? 'Nothing was sent to it' : `${programId} has dealt with everything`}
        >
          <p>
            Agents read their messages after a heartbeat has announced them, and acknowledge each when it is dealt with.
          </p>
        </EmptyState>
      )}
      <div class="messages">
        {inbox.rows?.map((message) => (
          <MessageCard
            key={message.messageId}
            message={message}
            open={message.acknowledgedAt === null}
            deliveryStatus={
              message.acknowledgedAt === null ? (
                formatInboxStatus(message)
              ) : (
                <>
                  Dealt with <Timestamp at={message.acknowledgedAt} />
                </>
              )
            }
          >
            {mayManage(programId) && message.acknowledgedAt === null && (
              <button
                type="button"
                class="button small"
                disabled={acknowledge.busy}
                onClick={() => void acknowledge.run(message)}
              >
                Acknowledge
              </button>
            )}
            {mayManage(programId) && message.sender !== null && (
              <button type="button" class="button small" onClick={() => setReplyingTo(message)}>
                Answer
              </button>
            )}
          </MessageCard>
        ))}
      </div>
      <LoadMoreButton pages={inbox} what="messages" />
      {replyingTo?.sender && (
        <NewMessage
          to={replyingTo.sender}
          inReplyTo={replyingTo}
          onClose={() => setReplyingTo(null)}
          onSent={() => setReplyingTo(null)}
        />
      )}
    </>
  );
}
