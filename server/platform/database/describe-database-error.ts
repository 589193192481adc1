/** Why a database server cannot be used, in plain words. */
import { getErrorCode } from './dialects/dialect.ts';

/** The words for an error of the network or of the server; the error's own words when there are none. */
export const describeDatabaseError = (error: unknown): string =>
  DESCRIPTIONS[getErrorCode(error)] ?? (error instanceof Error ? error.message : String(error));

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  PROTOCOL_SEQUENCE_TIMEOUT: 'it does not answer',
};
