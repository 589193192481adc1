import type { EntityManager } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';

/** So few, because each may have a timeline of 1,000 entries, and all are deleted in one transaction. */
export const SESSION_DELETION_PAGE = 20;

/** Deletes sessions, whose rows the caller has locked, with their timelines and handovers. */
export async function deleteSessions(
  manager: EntityManager,
  accountId: string,
  sessionIds: readonly string[],
): Promise<void> {
  if (sessionIds.length === 0) return;
  const of = `WHERE accountId = ? AND sessionId IN (${placeholders(sessionIds)})`;
  for (const table of ['session_changes', 'session_handovers', 'sessions'])
    await manager.query(`DELETE FROM ${table} ${of}`, [accountId, ...sessionIds]);
}
