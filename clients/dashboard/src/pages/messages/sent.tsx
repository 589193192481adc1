/** What was sent by whoever is signed in. */
import { PAGE_SIZE, usePaginatedQuery } from '../../live/pages.ts';
import { EmptyState } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { LoadMoreButton } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { fleetbeat } from '../../session.ts';
import { formatDeliveryStatus } from './fate.ts';
import { MessageCard } from './message-card.tsx';

export function SentMessages() {
  const sent = usePaginatedQuery(
    async (cursor) => {
      const page = await fleetbeat().messages.sent({ limit: PAGE_SIZE, ...cursor });
      return { rows: page.messages, nextCursor: page.nextCursor };
    },
    [],
    { reloadOnEvent: ({ kind }) => kind.startsWith('message.') },
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
            open={message.read < message.delivered}
            deliveryStatus={formatDeliveryStatus(message)}
          />
        ))}
      </div>
      <LoadMoreButton pages={sent} what="messages" />
    </>
  );
}
