/** What the signed-in user may do with a program. The server decides; this hides actions that it would reject. */
import { isAdmin, me } from './auth.ts';

export const isOwnProgram = (programId: string): boolean => me.value?.programId === programId;
/** Its state and its inbox. */
export const mayRead = (programId: string): boolean =>
  isAdmin() || me.value?.role === 'auditor' || isOwnProgram(programId);
/** Its state, its inbox and its claimed tasks. */
export const mayManage = (programId: string | null): boolean =>
  isAdmin() || (programId !== null && isOwnProgram(programId));
