/** Access rules of program state. Each `require` function throws `forbidden`. */
import { Fault } from '../../platform/faults.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';

export const isOwnProgram = ({ role, programId }: Principal, owner: string): boolean =>
  role === 'program' && programId === owner;

export function requireReader(principal: Principal, owner: string): void {
  if (principal.role === 'auditor' || isAdmin(principal) || principal.programId === owner) return;
  throw new Fault('forbidden', 'A program reads its own state only; admins and auditors read any.');
}

export function requireOwnProgram(principal: Principal, owner: string): void {
  if (!isOwnProgram(principal, owner)) throw new Fault('forbidden', 'Only the program itself may write its state.');
}

/** For changes that people also make, on the dashboard: the program itself and admins. */
export function requireCurator(principal: Principal, owner: string): void {
  if (isOwnProgram(principal, owner) || isAdmin(principal)) return;
  throw new Fault('forbidden', "Only the program itself or an admin may change what is in a program's memory.");
}
