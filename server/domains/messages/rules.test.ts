import { expect, test } from 'vitest';
import { SECOND } from '../../platform/clock.ts';
import type { Principal } from '../../platform/principal.ts';
import { newMessage } from './rules.ts';

const NOW = 1_800_000_000_000;
const SENDER: Principal = {
  accountId: 'main',
  accountName: 'Main',
  tier: 'unlimited',
  keyId: 'k-1',
  role: 'program',
  programId: 'builder',
  label: null,
  expiresAt: null,
};

test('a message is from the program of the key, and lasts unless it is given a time', () => {
  const message = newMessage(SENDER, 'm-1', { to: 'reviewer', kind: 'QUERY', text: 'Done?' }, NOW);
  expect(message).toEqual({
    accountId: 'main',
    messageId: 'm-1',
    sender: 'builder',
    senderKeyId: 'k-1',
    target: 'reviewer',
    kind: 'QUERY',
    text: 'Done?',
    replyTo: null,
    createdAt: NOW,
    expiresAt: null,
  });
  const answer = { to: 'builder', kind: 'RESULT', text: 'Yes', replyTo: 'm-1', ttlSeconds: 30 } as const;
  expect(newMessage(SENDER, 'm-2', answer, NOW)).toMatchObject({ replyTo: 'm-1', expiresAt: NOW + 30 * SECOND });
});
