/** The settings that cap what one account may store; `domains/retention/caps.ts` says what counts. */
import { parsePositiveInteger } from './config-parsers.ts';
import type { Setting } from './config-setting.ts';

const cap = (env: string, value: string, description: string): Setting<number> => ({
  env,
  default: value,
  parse: parsePositiveInteger,
  expected: 'a whole number from 1 to 999999',
  description,
  group: 'limits',
});

export const CAP_SETTINGS = {
  maxPrograms: cap(
    'FLEETBEAT_MAX_PROGRAMS',
    '10000',
    'Programs that one account may have; one more is refused with 409.',
  ),
  maxKeys: cap('FLEETBEAT_MAX_KEYS', '20000', 'Valid keys that one account may have.'),
  maxSessions: cap(
    'FLEETBEAT_MAX_SESSIONS',
    '50000',
    'Sessions that one account may have before they are archived. Of archived ones it may have 20 times as many; then the oldest are deleted before their time.',
  ),
  maxOpenTasks: cap('FLEETBEAT_MAX_TASKS', '50000', 'Tasks of one account that are neither completed nor expired.'),
  maxUnreadMessages: cap(
    'FLEETBEAT_MAX_MESSAGES',
    '200000',
    'Unread messages of one account; a message to all counts once for each recipient.',
  ),
  maxOpenQuestions: cap('FLEETBEAT_MAX_QUESTIONS', '10000', 'Open questions of one account.'),
} as const;
