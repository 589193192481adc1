/** The rules of programs. Pure. */
import type { Role } from '../../platform/context.ts';

const FROM_HIGHEST: readonly Role[] = ['operator', 'admin', 'auditor', 'program'];

/** The role with the most rights; null of none. */
export const highestRole = (roles: readonly Role[]): Role | null =>
  FROM_HIGHEST.find((role) => roles.includes(role)) ?? null;
