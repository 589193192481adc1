/** Labels for webhooks. Pure. */
import type { components } from '@fleetbeat/client';

export type Webhook = components['schemas']['Webhook'];
export type WebhookEventType = components['schemas']['EventType'];
export type Delivery = components['schemas']['WebhookDelivery'];

const EVENT_DESCRIPTIONS: Record<WebhookEventType, string> = {
  'session.created': 'A session begins',
  'session.updated': 'A session says something new',
  'session.blocked': 'A session is blocked',
  'session.handoff': 'A session asks for a successor',
  'session.idle': 'An agent has ended its turn',
  'session.completed': 'A session is complete',
  'session.stale': 'Nothing is heard of a session',
  'session.stuck': 'A session is alive but does not move on',
  'session.archived': 'A session is put away',
  'turn-limit': 'An agent went on by itself as often as it may',
  'session.succeeded': 'A session is taken over from',
  'task.created': 'A task is given',
  'task.claimed': 'A task is taken',
  'task.released': 'A task is given back',
  'task.completed': 'A task ends',
  'message.sent': 'A message is sent',
  'message.delivered': 'A message has reached its agent',
  'message.acknowledged': 'A message is dealt with',
  'message.answered': 'A message is answered',
  'state.written': 'A memory changes',
  'mass-silence': 'Many sessions fall silent together',
  'program.removed': 'A program is removed',
  'program.updated': 'A program is paused, goes on or is renamed',
  'key.created': 'A key is made',
  'key.rotated': 'A key is rotated',
  'key.revoked': 'A key is revoked',
  'question.asked': 'An agent asks a person',
  'question.answered': 'A question is answered',
  'question.withdrawn': 'A question is withdrawn',
  'question.expired': 'Nobody answered a question in time',
  'webhook.created': 'A webhook is made',
  'webhook.updated': 'A webhook is changed',
  'webhook.deleted': 'A webhook is removed',
  'webhook.disabled': 'The server switches a webhook off',
};

/** What people want to be told of first. */
export const FIRST_EVENT_TYPES: readonly { readonly type: WebhookEventType; readonly about: string }[] = [
  { type: 'question.asked', about: 'An agent asks a question' },
  { type: 'session.stuck', about: 'It is stuck' },
  { type: 'session.stale', about: 'It is silent' },
  { type: 'session.completed', about: 'It is done' },
];

export type WebhookFormat = components['schemas']['WebhookFormat'];

interface FormatLabel {
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
}

export const FORMAT_LABELS: Readonly<Record<WebhookFormat, FormatLabel>> = {
  standard: {
    label: 'Signed JSON (Standard Webhooks)',
    placeholder: 'https://example.com/fleetbeat',
    hint: 'It gets a signed POST for each event and answers with any 2xx.',
  },
  slack: {
    label: 'Slack',
    placeholder: 'https://hooks.slack.com/services/…',
    hint: 'The URL of an incoming webhook of your Slack app.',
  },
  discord: {
    label: 'Discord',
    placeholder: 'https://discord.com/api/webhooks/…',
    hint: "The URL of a webhook: the channel's settings, Integrations.",
  },
  ntfy: {
    label: 'ntfy',
    placeholder: 'https://ntfy.sh/my-topic',
    hint: 'Who knows the topic can read along: choose one that nobody guesses.',
  },
  telegram: {
    label: 'Telegram',
    placeholder: 'https://api.telegram.org/bot<token>/sendMessage?chat_id=<id>',
    hint: 'With the token of your bot and the id of a chat that it is in.',
  },
};

export const WEBHOOK_EVENT_TYPES = (Object.keys(EVENT_DESCRIPTIONS) as WebhookEventType[]).map((type) => ({
  type,
  about: EVENT_DESCRIPTIONS[type],
}));

const DISABLED_REASONS = {
  admin: 'An admin has switched it off.',
  failing: 'Switched off after days of failures. Mend the endpoint, then switch it on.',
  gone: 'Switched off because the endpoint answered 410 Gone.',
  'key-revoked': 'The key of this webhook was revoked. Enabling it makes it yours.',
} as const;

/** Why the webhook is inactive; null if it is active. */
export const describeDisabledReason = ({
  enabled,
  disabledReason,
}: Pick<Webhook, 'enabled' | 'disabledReason'>): string | null =>
  enabled ? null : DISABLED_REASONS[disabledReason ?? 'admin'];

/** One attempt: the endpoint's answer, and how long it took. */
export function formatAttempt({ ms, status, error }: Delivery['attempts'][number]): string {
  const took = ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
  if (error === null) return `Taken with ${status} in ${took}`;
  return `${error} (${took})`;
}
