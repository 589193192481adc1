/** The public part of the programs domain. */
export { Program, type ProgramRow } from './entity.ts';
export { programHandlers } from './handlers.ts';
export { registerProgram } from './register.ts';
export { requireProgram } from './require-program.ts';
export { isSessionRequired, requireNamedSession } from './require-session.ts';
export { ProgramService } from './service.ts';
