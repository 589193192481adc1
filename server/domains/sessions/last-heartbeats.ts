import type { EntityManager } from 'typeorm';
import { Session } from './entity.ts';

/** The last heartbeat of each program; programs that never had a session are missing. */
export async function findLastHeartbeats(
  manager: EntityManager,
  accountId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await manager
    .createQueryBuilder(Session, 'session')
    .select(['session.programId AS programId', 'MAX(session.lastHeartbeat) AS lastHeartbeat'])
    .where('session.accountId = :accountId AND session.programId IN (:...ids)', { accountId, ids })
    .groupBy('session.programId')
    .getRawMany<{ programId: string; lastHeartbeat: number | string }>();
  return new Map(rows.map((row) => [row.programId, Number(row.lastHeartbeat)]));
}
