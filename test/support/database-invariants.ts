/** What every story of the server writes together, asked of the tables: a part without the others was half a write. */
import type { Sql } from './sql.ts';

const countEvents = (kind: string) => `(SELECT COUNT(*) FROM events WHERE kind = '${kind}')`;

/** Each finds what contradicts it. One statement each, so that each sees one moment of the database. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'events are numbered without gaps up to the counter': `
    SELECT c.accountId AS found FROM event_counters c
    LEFT JOIN (SELECT accountId, COUNT(*) AS n, MAX(seq) AS top FROM events GROUP BY accountId) e ON e.accountId = c.accountId
    WHERE COALESCE(e.n, 0) <> c.seq OR COALESCE(e.top, 0) <> c.seq`,
  'a session that was taken over is complete': `
    SELECT s.sessionId AS found FROM sessions s WHERE s.successor IS NOT NULL AND s.state <> 'complete'`,
  'a session has a row of its timeline for each change': `
    SELECT s.sessionId AS found FROM sessions s
    LEFT JOIN (SELECT accountId, sessionId, COUNT(*) AS n, MAX(number) AS top FROM session_changes
      GROUP BY accountId, sessionId) c ON c.accountId = s.accountId AND c.sessionId = s.sessionId
    WHERE COALESCE(c.top, 0) <> s.changes OR COALESCE(c.n, 0) <> CASE WHEN s.changes < 1000 THEN s.changes ELSE 1000 END`,
  'a session is as its last change tells': `
    SELECT s.sessionId AS found FROM sessions s
    JOIN session_changes c ON c.accountId = s.accountId AND c.sessionId = s.sessionId AND c.number = s.changes
    WHERE c.state <> s.state OR COALESCE(c.status, '') <> COALESCE(s.status, '')
      OR COALESCE(c.contextBytes, 0) <> COALESCE(s.contextBytes, 0)`,
  'a session has an event for each change': `
    SELECT s.sessionId AS found FROM sessions s
    LEFT JOIN (SELECT accountId, sessionId, COUNT(*) AS n FROM events WHERE kind IN ('session.created', 'session.updated',
      'session.archived', 'session.succeeded') GROUP BY accountId, sessionId) e
      ON e.accountId = s.accountId AND e.sessionId = s.sessionId
    WHERE COALESCE(e.n, 0) <> s.changes`,
  'a state has a version for each write, the newest hundred': `
    SELECT s.programId AS found FROM program_states s
    LEFT JOIN (SELECT accountId, programId, COUNT(*) AS n, MAX(version) AS top FROM state_versions
      GROUP BY accountId, programId) v ON v.accountId = s.accountId AND v.programId = s.programId
    WHERE COALESCE(v.top, 0) <> s.version OR COALESCE(v.n, 0) <> CASE WHEN s.version < 100 THEN s.version ELSE 100 END`,
  'a state has an event for each write': `
    SELECT s.programId AS found FROM program_states s
    LEFT JOIN (SELECT accountId, programId, COUNT(*) AS n FROM events WHERE kind = 'state.written'
      GROUP BY accountId, programId) e ON e.accountId = s.accountId AND e.programId = s.programId
    WHERE COALESCE(e.n, 0) <> s.version`,
  'a state counts its patterns': `
    SELECT s.programId AS found FROM program_states s WHERE s.patternCount <> (SELECT COUNT(*) FROM learned_patterns p
      WHERE p.accountId = s.accountId AND p.programId = s.programId)`,
  'a version keeps each pattern that it changed as it was': `
    SELECT v.version AS found FROM state_versions v
    WHERE v.patternsAdded + v.patternsChanged + v.patternsRemoved <> (SELECT COUNT(*) FROM pattern_undos u
      WHERE u.accountId = v.accountId AND u.programId = v.programId AND u.version = v.version)`,
  'a task has an event for each turn of its life': `
    SELECT COUNT(*) AS found FROM tasks HAVING COUNT(*) <> ${countEvents('task.created')}
      OR COUNT(claimedAt) <> ${countEvents('task.claimed')} OR COUNT(completedAt) <> ${countEvents('task.completed')}`,
  'a message has a delivery and an event, and its reading has one': `
    SELECT COUNT(*) AS found FROM message_deliveries
    HAVING COUNT(DISTINCT messageId) <> (SELECT COUNT(*) FROM messages) OR COUNT(DISTINCT messageId) <> ${countEvents('message.sent')}
      OR COUNT(readAt) <> ${countEvents('message.acknowledged')}
      OR COUNT(deliveredAt) <> ${countEvents('message.delivered')} OR COUNT(answeredAt) <> ${countEvents('message.answered')}`,
  'a kept answer is an answer': "SELECT idempotencyKey AS found FROM kept_answers WHERE sealed = ''",
};

/** What only SQLite has: the file itself, and the index of words that triggers follow. */
const SQLITE_INVARIANTS: Readonly<Record<string, string>> = {
  'the file is sound': "SELECT integrity_check AS found FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
  'every pattern is in the index of words': `
    SELECT COUNT(*) AS found FROM learned_patterns HAVING COUNT(*) <> (SELECT COUNT(*) FROM pattern_numbers)`,
};

/**
 * A line for each claim that does not hold; none when nothing is half-applied. `sql` has been opened since the last write:
 * FTS5 of SQLite checks its index by what the connection has seen of it.
 */
export async function findViolatedInvariants(sql: Sql, kind: 'sqlite' | 'mysql'): Promise<string[]> {
  const lines: string[] = [];
  for (const [invariant, statement] of Object.entries({ ...INVARIANTS, ...(kind === 'sqlite' && SQLITE_INVARIANTS) })) {
    const rows = await sql.query<{ found: unknown }>(statement);
    if (rows.length > 0) lines.push(`${invariant}; but: ${rows.slice(0, 5).map(({ found }) => found)}`);
  }
  return lines;
}
