import { describe, expect, test } from 'vitest';
import type { components } from '../../../openapi/generated/types.ts';
import { countCharacters, fitHandover, fitMessages, fitTexts, sizeOfAll, sizeOfFirst } from './fit-parts.ts';
import { itemSize } from './token-budget.ts';

type Message = components['schemas']['Message'];
const message = (messageId: string, text: string): Message => ({
  messageId,
  sender: 'reviewer',
  senderKeyId: 'k-1',
  to: 'builder',
  recipient: 'builder',
  kind: 'DIRECTIVE',
  text,
  replyTo: null,
  createdAt: '2027-01-15T08:00:00.000Z',
  expiresAt: null,
  deliveredAt: null,
  acknowledgedAt: null,
  answeredAt: null,
});

test('sizes of all, of the first, and of the texts', () => {
  expect([sizeOfAll(['a', 'bb']), sizeOfAll([]), sizeOfFirst(['a', 'bb']), sizeOfFirst([])]).toEqual([9, 0, 4, 0]);
  expect(countCharacters([message('m-1', 'abc'), message('m-2', 'de')])).toBe(5);
});

describe('messages', () => {
  const messages = [message('m-1', 'Short'), message('m-2', 'x'.repeat(500)), message('m-3', 'Last')];

  test('that fit come whole', () => {
    expect(fitMessages(messages, sizeOfAll(messages))).toEqual(messages);
    expect(fitMessages([], 100)).toEqual([]);
  });

  test('that do not fit are cut in the text of the last, to the byte', () => {
    const bytes = sizeOfAll(messages.slice(0, 2)) - 100;
    const fitting = fitMessages(messages, bytes);
    expect(fitting).toEqual([messages[0], { ...messages[1], text: 'x'.repeat(400) }]);
    expect(sizeOfAll(fitting)).toBe(bytes);
  });

  test('are left out when less than eighty bytes of the text would be there', () => {
    const empty = sizeOfAll([messages[0], { ...messages[1], text: '' }]) - itemSize('');
    expect(fitMessages(messages, empty + 79)).toEqual([messages[0]]);
    expect(fitMessages(messages, empty + 80)).toHaveLength(2);
  });
});

test('texts: the longest prefix; when none fits, the beginning of the first if it is worth it', () => {
  const texts = ['x'.repeat(200), 'b'];
  expect(fitTexts(texts, 1_000)).toEqual(texts);
  expect(fitTexts(texts, itemSize(texts[0]))).toEqual([texts[0]]);
  expect(fitTexts(texts, 80)).toEqual(['x'.repeat(77)]);
  expect(fitTexts(texts, 79)).toEqual([]);
  expect(fitTexts([], 1_000)).toEqual([]);
});

describe('a handover', () => {
  const handover = {
    recordedAt: '2027-01-15T08:00:00.000Z',
    lastPrompt: 'p'.repeat(300),
    workingTree: { branch: 'w'.repeat(300) },
    lastAnswer: 'Done',
    lastCommands: [{ command: 'c'.repeat(300) }],
    claimedTasks: [{ taskId: 't'.repeat(300) }],
    contextUsedPercent: 60,
    costUsd: 0.25,
  };

  test('that fits comes whole, with every part', () => {
    expect(fitHandover(handover, 10_000)).toEqual(handover);
  });

  test('that does not fit begins with the prompt, whose beginning is kept; small parts still come', () => {
    const bytes = itemSize({ lastPrompt: 'p'.repeat(200) });
    const fitting = fitHandover(handover, bytes);
    expect(fitting).toEqual({ lastPrompt: 'p'.repeat(200) });
    const more = fitHandover(handover, itemSize({ lastPrompt: handover.lastPrompt, lastAnswer: 'Done' }));
    expect(more).toEqual({ lastPrompt: handover.lastPrompt, lastAnswer: 'Done' });
  });

  test('has no text of which less than eighty bytes would be there', () => {
    const around = itemSize({ lastPrompt: '' }) - itemSize('');
    expect(fitHandover({ lastPrompt: handover.lastPrompt }, around + 79)).toBeNull();
    expect(fitHandover({ lastPrompt: handover.lastPrompt }, around + 80)).toEqual({ lastPrompt: 'p'.repeat(77) });
  });

  test('of which nothing fits is none, and an instant is never cut', () => {
    expect(fitHandover(handover, 10)).toBeNull();
    expect(fitHandover({ recordedAt: handover.recordedAt }, 30)).toBeNull();
    expect(fitHandover({}, 1_000)).toBeNull();
  });
});
