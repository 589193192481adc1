/** Why a database server cannot be used, in plain words. */
import { codeOf } from './dialects/dialect.ts';

/** The words for an error of the network or of the server; the error's own words when there are none. */
export const whyAway = (error: unknown): string =>
  WORDS[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  PROTOCOL_SEQUENCE_TIMEOUT: 'it does not answer',
};
