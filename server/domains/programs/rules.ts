/** The rules of programs. Pure functions. */
import type { Role } from '../../platform/principal.ts';

const ROLES_BY_RANK: readonly Role[] = ['operator', 'admin', 'auditor', 'program'];

/** The role with the most rights; null for an empty list. */
export const highestRole = (roles: readonly Role[]): Role | null =>
  ROLES_BY_RANK.find((role) => roles.includes(role)) ?? null;
