import { expect, test } from 'vitest';
import { buildSession } from '../../testing/session-fixtures.ts';
import { formatAnswer } from './format-answer.ts';

test('an answer includes the question: the agent may have been restarted since it asked', () => {
  const asking = buildSession({ state: 'blocked', status: 'May I drop the column?' });
  expect(formatAnswer(asking, '  Yes. ')).toBe(
    'Yes.\n\n(A person wrote this on the dashboard, in answer to “May I drop the column?” of session builder-1.)',
  );
});

test('a message to a session without a question names the session', () => {
  expect(formatAnswer(buildSession(), 'Stop.')).toBe(
    'Stop.\n\n(A person wrote this on the dashboard, about session builder-1.)',
  );
});
