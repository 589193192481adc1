import type { EntityManager } from 'typeorm';
import type { Role } from '../../platform/principal.ts';
import { Key } from './entity.ts';

/** The roles of the valid keys of each program. Programs without one are absent. */
export async function findActiveRoles(
  manager: EntityManager,
  accountId: string,
  ids: readonly string[],
  now: number,
): Promise<Map<string, Role[]>> {
  const roles = new Map<string, Role[]>();
  if (ids.length === 0) return roles;
  const rows = await manager
    .createQueryBuilder(Key, 'api_key')
    .select(['api_key.programId AS programId', 'api_key.role AS role'])
    .distinct()
    .where('api_key.accountId = :accountId AND api_key.programId IN (:...ids)', { accountId, ids })
    .andWhere('(api_key.revokedAt IS NULL OR api_key.revokedAt > :now)', { now })
    .andWhere('(api_key.expiresAt IS NULL OR api_key.expiresAt > :now)', { now })
    .getRawMany<{ programId: string; role: Role }>();
  for (const { programId, role } of rows) roles.set(programId, [...(roles.get(programId) ?? []), role]);
  return roles;
}
