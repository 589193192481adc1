import type { Options } from './command-line.ts';

/** For writes of agents that need not name their session: it fences what they write. */
export const SESSION_OPTION = {
  session: {
    type: 'text',
    value: 'sessionId',
    summary: 'the session that writes; refused once another has taken over from it',
  },
} as const satisfies Options;

/** The field that names the session; none unless the option was given. */
export const toSessionField = (session: string | undefined): { sessionId?: string } =>
  session === undefined ? {} : { sessionId: session };
