import { expect, test } from 'vitest';
import { signs } from '../../testing/signs.ts';
import { answerText } from './answer-text.ts';

test('an answer carries the question: the agent may have been restarted since it asked', () => {
  const asking = signs({ state: 'blocked', status: 'May I drop the column?' });
  expect(answerText(asking, '  Yes. ')).toBe(
    'Yes.\n\n(A person wrote this on the dashboard, in answer to “May I drop the column?” of session builder-1.)',
  );
});

test('a message to a session that asked nothing names the session', () => {
  expect(answerText(signs(), 'Stop.')).toBe(
    'Stop.\n\n(A person wrote this on the dashboard, about session builder-1.)',
  );
});
