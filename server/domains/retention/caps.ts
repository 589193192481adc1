/** What counts towards the caps of an account, and how to make room. Each count reads one index. */
import type { Cap, CapName } from '../../platform/limits/account-caps.ts';
import type { Settings } from '../../platform/settings.ts';

/** Each is open for ten minutes at most, so no fleet needs more. */
const MAX_OPEN_INVITATIONS = 100;

const UNEXPIRED = '(expiresAt IS NULL OR expiresAt > @now)';

export const describeCaps = (settings: Settings): Readonly<Record<CapName, Cap>> => ({
  programs: {
    noun: 'programs',
    max: settings.maxPrograms,
    advice: 'Remove programs that are not used any more (removeProgram), or raise FLEETBEAT_MAX_PROGRAMS.',
    rows: 'SELECT 1 FROM programs WHERE accountId = ?',
  },
  keys: {
    noun: 'valid keys',
    max: settings.maxKeys,
    advice: 'Revoke keys that are not used any more (revokeKey), or raise FLEETBEAT_MAX_KEYS.',
    rows: `SELECT 1 FROM api_keys WHERE accountId = ? AND revokedAt IS NULL AND ${UNEXPIRED}`,
  },
  sessions: {
    noun: 'sessions that are not archived',
    max: settings.maxSessions,
    advice:
      'Use one session id for one run instead of a new id for each call. Sessions are archived when they are silent, or a day after they are complete; or raise FLEETBEAT_MAX_SESSIONS.',
    rows: 'SELECT 1 FROM sessions WHERE accountId = ? AND archived = 0',
  },
  openTasks: {
    noun: 'open tasks',
    max: settings.maxOpenTasks,
    advice: 'Complete tasks (completeTask), give new ones a ttlSeconds, or raise FLEETBEAT_MAX_TASKS.',
    rows: `SELECT 1 FROM tasks WHERE accountId = ? AND state IN ('created', 'claimed') AND ${UNEXPIRED}`,
  },
  unreadMessages: {
    noun: 'unread messages',
    max: settings.maxUnreadMessages,
    advice:
      'Acknowledge messages (acknowledgeMessage), remove programs that read none, give new ones a ttlSeconds, or raise FLEETBEAT_MAX_MESSAGES.',
    rows: `SELECT 1 FROM message_deliveries WHERE accountId = ? AND readAt IS NULL AND ${UNEXPIRED}`,
  },
  openQuestions: {
    noun: 'open questions',
    max: settings.maxOpenQuestions,
    advice: 'Answer or withdraw questions (answerQuestion, withdrawQuestion), or raise FLEETBEAT_MAX_QUESTIONS.',
    rows: "SELECT 1 FROM questions WHERE accountId = ? AND state = 'open' AND expiresAt > @now",
  },
  openInvitations: {
    noun: 'open invitations',
    max: MAX_OPEN_INVITATIONS,
    advice: 'Withdraw some (withdrawInvitation), or wait: each expires after ten minutes.',
    rows: 'SELECT 1 FROM invitations WHERE accountId = ? AND usedAt IS NULL AND withdrawnAt IS NULL AND expiresAt > @now',
  },
});
