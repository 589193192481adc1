/** The inbox of a program: what it has not dealt with yet, and what may be said to that. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { PAGE, usePages } from '../../live/pages.ts';
import { Moment } from '../../parts/age.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Locked } from '../../parts/locked.tsx';
import { More } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { mayManage, mayRead } from '../../rights.ts';
import { fleetbeat } from '../../session.ts';
import type { MessageKind } from './kinds.ts';
import { MessageCard } from './message-card.tsx';
import { NewMessage } from './new-message.tsx';

type Message = components['schemas']['Message'];

interface InboxProps {
  /** Whose. */
  readonly programId: string;
  readonly includeRead: boolean;
  readonly kind: MessageKind | undefined;
}

export function Inbox({ programId, includeRead, kind }: InboxProps) {
  const [answered, setAnswered] = useState<Message | null>(null);
  const readable = mayRead(programId);
  const inbox = usePages(
    async (cursor) => {
      // Not asked for in vain: each refusal is in the audit.
      if (!readable) return { rows: [], nextCursor: null };
      const query = { programId, includeRead, ...(kind && { kind }), limit: PAGE, ...cursor };
      const page = await fleetbeat().messages.list(query);
      return { rows: page.messages, nextCursor: page.nextCursor };
    },
    [programId, includeRead, kind],
    { when: ({ kind: event }) => event.startsWith('message.') },
  );
  const acknowledge = useAct(async ({ messageId }: Message) => {
    await fleetbeat().messages.acknowledge(messageId, { programId });
    inbox.reload();
  });
  if (!readable) return <Locked title={`Only ${programId} and admins read its inbox`} />;
  return (
    <>
      {inbox.error != null && <Problem error={inbox.error} retry={inbox.reload} />}
      {acknowledge.error != null && <Problem error={acknowledge.error} />}
      {inbox.rows === undefined && inbox.error == null && <Loading what="the inbox" />}
      {inbox.rows?.length === 0 && (
        <Empty icon="message" title={includeRead ? 'Nothing was sent to it' : `${programId} has dealt with everything`}>
          <p>
            Agents read their messages after a heartbeat has announced them, and acknowledge each when it is dealt with.
          </p>
        </Empty>
      )}
      <div class="messages">
        {inbox.rows?.map((message) => (
          <MessageCard
            key={message.messageId}
            message={message}
            open={message.readAt === null}
            fate={
              message.readAt === null ? (
                'Not dealt with yet'
              ) : (
                <>
                  Dealt with <Moment at={message.readAt} />
                </>
              )
            }
          >
            {mayManage(programId) && message.readAt === null && (
              <button
                type="button"
                class="button small"
                disabled={acknowledge.busy}
                onClick={() => void acknowledge.run(message)}
              >
                Mark as dealt with
              </button>
            )}
            {mayManage(programId) && message.sender !== null && (
              <button type="button" class="button small" onClick={() => setAnswered(message)}>
                Answer
              </button>
            )}
          </MessageCard>
        ))}
      </div>
      <More pages={inbox} what="messages" />
      {answered?.sender && (
        <NewMessage
          to={answered.sender}
          answers={answered}
          onClose={() => setAnswered(null)}
          onSent={() => setAnswered(null)}
        />
      )}
    </>
  );
}
