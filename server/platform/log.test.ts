import { QueryFailedError } from 'typeorm';
import { expect, test } from 'vitest';
import { createLogger } from './log.ts';

test('the log of a failed statement has its SQL but not its parameters', () => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  const cause = Object.assign(new Error('disk I/O error'), { sql: "UPDATE program_states SET config = 'private'" });
  log.error({ err: new QueryFailedError('UPDATE program_states SET config = ?', ['private'], cause) }, 'failed');
  expect(lines.join()).toContain('UPDATE program_states SET config = ?');
  expect(lines.join()).toContain('disk I/O error');
  expect(lines.join()).not.toContain('private');
});

test('fields that hold keys are redacted', () => {
  const lines: string[] = [];
  const log = createLogger('info', { write: (line) => void lines.push(line) });
  log.info({ key: 'fb_a_secret', headers: { authorization: 'Bearer fb_a_secret' }, made: { secret: 'fb_a_secret' } });
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain('fb_a_secret');
});
