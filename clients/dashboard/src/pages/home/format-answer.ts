/** The text of a message to an agent. Pure. */
import type { SessionSnapshot } from '../../live/session-snapshot.ts';

/** The answer together with its question: the agent may have been restarted since it asked. */
export function formatAnswer({ sessionId, state, status }: SessionSnapshot, answer: string): string {
  const about = state === 'blocked' && status ? `in answer to “${status}” of session` : 'about session';
  return `${answer.trim()}\n\n(A person wrote this on the dashboard, ${about} ${sessionId}.)`;
}
