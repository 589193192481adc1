/** The messages that the user has sent. */

import { fleetbeat } from '../../auth.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { formatDeliveryStatus } from './delivery-status.ts';
import { MessageCard } from './message-card.tsx';

export function SentMessages() {
  const sent = usePaginatedQuery(
    async (pageQuery) => {
      const page = await fleetbeat().messages.sent(pageQuery);
      return { rows: page.messages, nextCursor: page.nextCursor };
    },
    [],
    { reloadOnEvent: ({ type }) => type.startsWith('message.') },
  );
  return (
    <>
      {sent.error != null && <Problem error={sent.error} retry={sent.reload} />}
      {sent.rows === undefined && sent.error == null && <Loading what="messages" />}
      {sent.rows?.length === 0 && (
        <EmptyState icon="message" title="You have sent nothing yet">
          <p>
            A message asks a program something or tells it what to do. It shows up in the answer to the program's next
            heartbeat, and here you see when it was dealt with.
          </p>
        </EmptyState>
      )}
      <div class="messages">
        {sent.rows?.map((message) => (
          <MessageCard
            key={message.messageId}
            message={message}
            open={message.acknowledged < message.recipients}
            deliveryStatus={formatDeliveryStatus(message)}
          />
        ))}
      </div>
      <LoadMoreButton pages={sent} what="messages" />
    </>
  );
}
