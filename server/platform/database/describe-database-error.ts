/** Explains why a database server cannot be used. */
import { getErrorCode } from './dialects/dialect.ts';

/** A description of a network or server error; the error's own message for codes without one. */
export const describeDatabaseError = (error: unknown): string =>
  DESCRIPTIONS[getErrorCode(error)] ?? (error instanceof Error ? error.message : String(error));

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  PROTOCOL_SEQUENCE_TIMEOUT: 'it does not answer',
};
