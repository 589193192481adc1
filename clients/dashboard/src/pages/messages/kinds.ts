/** The kinds of messages, as people choose them. Pure. */
import type { components } from '@fleetbeat/client';

export type MessageKind = components['schemas']['MessageKind'];

const ABOUT: Record<MessageKind, string> = {
  DIRECTIVE: 'do this',
  QUERY: 'answer this',
  STATUS: 'know this',
  RESULT: 'this came of it',
  ACK: 'understood',
  PING: 'are you there?',
  PONG: 'I am here',
  HANDSHAKE: 'this is who I am',
};

export const KINDS = Object.entries(ABOUT).map(([value, about]) => ({ value, label: `${value}: ${about}` }));

export const kindOf = (text: string): MessageKind | undefined =>
  (Object.keys(ABOUT) as MessageKind[]).find((kind) => kind === text);

/** What an answer to a message is, unless its writer says otherwise. */
export const answerKind = (kind: MessageKind): MessageKind =>
  kind === 'PING' ? 'PONG' : kind === 'QUERY' ? 'RESULT' : kind === 'HANDSHAKE' ? 'ACK' : 'DIRECTIVE';
