/** What an agent reads when a person writes to it from here. Pure. */
import type { SessionSigns } from '../../live/session-signs.ts';

/** The words, and what they answer: the agent may have been restarted since it asked. */
export function answerText({ sessionId, state, status }: SessionSigns, words: string): string {
  const about = state === 'blocked' && status ? `in answer to “${status}” of session` : 'about session';
  return `${words.trim()}\n\n(A person wrote this on the dashboard, ${about} ${sessionId}.)`;
}
