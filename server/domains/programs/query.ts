/** Whether a program exists, and what keys and sessions know of programs, in one query each. */
import type { EntityManager } from 'typeorm';
import { Fault } from '../../platform/faults.ts';
import { Key, type Role } from '../keys/entity.ts';
import { Session } from '../sessions/entity.ts';
import { Program, type ProgramRow } from './entity.ts';

/** Throws `program-not-found` unless the program exists. */
export async function requireProgram(
  manager: EntityManager,
  program: Pick<ProgramRow, 'accountId' | 'programId'>,
): Promise<void> {
  if (await manager.existsBy(Program, program)) return;
  throw new Fault(
    'program-not-found',
    `No program '${program.programId}' in this account. It exists from the moment that a key is made for it.`,
  );
}

/** The roles of each program's valid keys. */
export async function rolesOf(
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

/** The last heartbeat of each program that ever sent one. */
export async function signsOf(
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
