/** The kinds of messages. Pure. */
import type { components } from '@fleetbeat/client';

export type MessageKind = components['schemas']['MessageKind'];

const KIND_DESCRIPTIONS: Record<MessageKind, string> = {
  DIRECTIVE: 'do this',
  QUERY: 'answer this',
  STATUS: 'know this',
  RESULT: 'this came of it',
  ACK: 'understood',
  PING: 'are you there?',
  PONG: 'I am here',
  HANDSHAKE: 'this is who I am',
};

export const KINDS = Object.entries(KIND_DESCRIPTIONS).map(([value, about]) => ({
  value,
  label: `${value}: ${about}`,
}));

export const parseMessageKind = (text: string): MessageKind | undefined =>
  (Object.keys(KIND_DESCRIPTIONS) as MessageKind[]).find((kind) => kind === text);

/** The default kind of a reply. */
export const getReplyKind = (kind: MessageKind): MessageKind =>
  kind === 'PING' ? 'PONG' : kind === 'QUERY' ? 'RESULT' : kind === 'HANDSHAKE' ? 'ACK' : 'DIRECTIVE';
