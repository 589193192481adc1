/** One message, with its sender, recipient, text and actions. */
import type { components } from '@fleetbeat/client';
import type { ComponentChildren } from 'preact';
import { Age } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { Icon } from '../../components/icon.tsx';
import { programPath } from '../../routes.ts';

type CardMessage = Pick<components['schemas']['Message'], 'sender' | 'to' | 'kind' | 'text' | 'replyTo' | 'createdAt'>;

interface MessageCardProps {
  readonly message: CardMessage;
  /** Whether it is unread. */
  readonly open: boolean;
  /** Its delivery status. */
  readonly deliveryStatus: ComponentChildren;
  readonly children?: ComponentChildren;
}

const Participant = ({ programId, fallback }: { readonly programId: string | null; readonly fallback: string }) =>
  programId === null || programId === '*' ? <span>{fallback}</span> : <a href={programPath(programId)}>{programId}</a>;

export const MessageCard = ({ message, open, deliveryStatus, children }: MessageCardProps) => (
  <article class="card message" data-open={open} aria-label={`${message.kind} from ${message.sender ?? 'a person'}`}>
    <header class="row message-head">
      <p class="message-who">
        <Participant programId={message.sender} fallback="A person" />
        <Icon name="arrow" size={14} />
        <span class="unseen">to</span>
        <Participant programId={message.to} fallback="All programs" />
      </p>
      <Badge tone={message.kind === 'QUERY' ? 'warn' : message.kind === 'DIRECTIVE' ? 'info' : 'quiet'}>
        {message.kind}
      </Badge>
      {message.replyTo !== null && <span class="faint">an answer</span>}
      <span class="faint message-age">
        <Age at={message.createdAt} /> ago
      </span>
    </header>
    <p class="prose" dir="auto">
      {message.text}
    </p>
    <footer class="row message-foot">
      <span class="faint message-fate">{deliveryStatus}</span>
      {children}
    </footer>
  </article>
);
