/** What whoever is signed in may do to a program. The server decides; this says it beforehand. */
import { isAdmin, me } from './auth.ts';

export const isOwnProgram = (programId: string): boolean => me.value?.programId === programId;
/** Its memory and its inbox. */
export const mayRead = (programId: string): boolean =>
  isAdmin() || me.value?.role === 'auditor' || isOwnProgram(programId);
/** Its memory, its inbox and what it has taken. */
export const mayManage = (programId: string | null): boolean =>
  isAdmin() || (programId !== null && isOwnProgram(programId));
