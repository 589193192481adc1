/**
 * What a webhook sends, in the form that its receiver takes. Pure. `standard` is Standard Webhooks; the others are the
 * documented requests of chats and notification services, which show one text and take nothing else.
 */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant } from '../../platform/clock.ts';
import type { EventRow } from '../../platform/events/entity.ts';
import { invalidField } from '../../platform/faults.ts';
import { describeEvent, type EventText } from './event-text.ts';

export type WebhookFormat = components['schemas']['WebhookFormat'];
type ChatFormat = Exclude<WebhookFormat, 'standard'>;

interface FormatOptions {
  readonly format: WebhookFormat;
  readonly url: string;
  /** The address of the dashboard; empty when the server knows none. */
  readonly publicUrl: string;
}

/** The body of a delivery, as JSON. */
export function buildPayload(event: EventRow, options: FormatOptions): string {
  const { type, at, seq, programId, sessionId, data } = event;
  // As Standard Webhooks advises: type, timestamp, data.
  if (options.format === 'standard') return toStandard(type, at, { sequence: seq, programId, sessionId, ...data });
  return toChat(options.format, describeEvent(event), options);
}

/** The body of a test delivery. */
export function buildTestPayload(webhookId: string, now: number, options: FormatOptions): string {
  if (options.format === 'standard') return toStandard('webhook.test', now, { webhookId });
  const text = {
    title: 'Fleetbeat can reach you',
    text: 'This is a test.',
    path: `/webhooks/${webhookId}`,
    urgent: false,
  };
  return toChat(options.format, text, options);
}

const toStandard = (type: string, at: number, data: object): string =>
  JSON.stringify({ type, timestamp: formatInstant(at), data });

function toChat(format: ChatFormat, text: EventText, { url, publicUrl }: FormatOptions): string {
  const link = publicUrl === '' ? null : new URL(text.path, publicUrl).href;
  return JSON.stringify(CHATS[format](text, link, url));
}

/** The most that each service takes, in characters; a little is left for the link. */
const MAX_DISCORD = 1_500;
const MAX_CHAT = 3_000;

const lines = (...parts: readonly (string | null)[]): string => parts.filter((part) => part).join('\n');
const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** https://docs.slack.dev/messaging/formatting-message-text: three characters are escaped, and nothing else is markup to it then. */
const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const CHATS: Readonly<Record<ChatFormat, (text: EventText, link: string | null, url: string) => object>> = {
  // https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks. Plain text, so that an agent's words are no markup.
  slack: ({ title, text }, link) => {
    const block = (type: 'plain_text' | 'mrkdwn', words: string) => ({ type: 'section', text: { type, text: words } });
    return {
      text: cut(escapeSlack(title), MAX_CHAT),
      blocks: [
        block('plain_text', cut(lines(title, text), MAX_CHAT)),
        ...(link === null ? [] : [block('mrkdwn', `<${link}|Open in Fleetbeat>`)]),
      ],
    };
  },
  // https://docs.discord.com/developers/resources/webhook#execute-webhook. Nobody is mentioned, whatever an agent writes.
  discord: ({ title, text }, link) => ({
    content: lines(cut(escapeMarkdown(lines(title, text)), MAX_DISCORD), link),
    allowed_mentions: { parse: [] },
  }),
  // https://docs.ntfy.sh/publish/#publish-as-json: to the root, with the topic of the URL.
  ntfy: ({ title, text, urgent }, link, url) => ({
    topic: getTopic(url),
    title: cut(title, 250),
    message: cut(text || title, MAX_CHAT),
    priority: urgent ? 4 : 3,
    ...(link !== null && { click: link }),
  }),
  // https://core.telegram.org/bots/api#sendmessage. Without parse_mode, text is plain.
  telegram: ({ title, text }, link, url) => ({
    chat_id: new URL(url).searchParams.get('chat_id'),
    text: lines(cut(lines(title, text), MAX_CHAT), link),
    link_preview_options: { is_disabled: true },
  }),
};

const escapeMarkdown = (text: string): string => text.replace(/[\\*_~`|>#[\]()]/g, '\\$&');

const getTopic = (url: string): string => new URL(url).pathname.replace(/^\/|\/$/g, '');

/** Where deliveries of a format go: ntfy takes JSON at its root, and Telegram the chat in the body. */
export function toTargetUrl(format: WebhookFormat, url: string): string {
  const target = new URL(url);
  if (format === 'ntfy') target.pathname = '/';
  if (format === 'telegram') target.searchParams.delete('chat_id');
  return format === 'ntfy' || format === 'telegram' ? target.href : url;
}

const REQUIRED_URLS: Readonly<Partial<Record<WebhookFormat, { isRight(url: URL): boolean; message: string }>>> = {
  ntfy: {
    isRight: ({ pathname }) => /^\/[-_A-Za-z0-9]{1,64}\/?$/.test(pathname),
    message: 'must end with the topic, as https://ntfy.sh/my-topic does',
  },
  telegram: {
    isRight: ({ pathname, searchParams }) =>
      /\/bot[^/]+\/sendMessage$/.test(pathname) && (searchParams.get('chat_id') ?? '') !== '',
    message: 'must be https://api.telegram.org/bot<token>/sendMessage?chat_id=<id of the chat>',
  },
};

/** Throws `invalid-request` for a URL that the format cannot be sent to. */
export function requireUrlOfFormat(format: WebhookFormat, url: string): void {
  const required = REQUIRED_URLS[format];
  if (required && !(URL.canParse(url) && required.isRight(new URL(url))))
    throw invalidField('body', '/url', required.message);
}
