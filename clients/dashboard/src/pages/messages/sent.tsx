/** What was sent by whoever is signed in. */
import { PAGE, usePages } from '../../live/pages.ts';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { More } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { fleetbeat } from '../../session.ts';
import { fateOf } from './fate.ts';
import { MessageCard } from './message-card.tsx';

export function Sent() {
  const sent = usePages(
    async (cursor) => {
      const page = await fleetbeat().messages.sent({ limit: PAGE, ...cursor });
      return { rows: page.messages, nextCursor: page.nextCursor };
    },
    [],
    { when: ({ kind }) => kind.startsWith('message.') },
  );
  return (
    <>
      {sent.error != null && <Problem error={sent.error} retry={sent.reload} />}
      {sent.rows === undefined && sent.error == null && <Loading what="messages" />}
      {sent.rows?.length === 0 && (
        <Empty icon="message" title="You have sent nothing yet">
          <p>
            A message asks a program something or tells it what to do. It shows up in the answer to the program's next
            heartbeat, and here you see when it was dealt with.
          </p>
        </Empty>
      )}
      <div class="messages">
        {sent.rows?.map((message) => (
          <MessageCard
            key={message.messageId}
            message={message}
            open={message.read < message.delivered}
            fate={fateOf(message)}
          />
        ))}
      </div>
      <More pages={sent} what="messages" />
    </>
  );
}
