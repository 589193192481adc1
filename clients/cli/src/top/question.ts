/** Reading and answering what the session under the cursor asks. */
import type { components, Fleetbeat } from '@fleetbeat/client';
import type { Session } from '../session-state.ts';

export type Question = components['schemas']['Question'];

/** The oldest open question of a session; null when it has none. */
export async function findOpenQuestion(
  fleetbeat: Fleetbeat,
  { sessionId, programId }: Session,
): Promise<Question | null> {
  let oldest: Question | null = null;
  for await (const question of fleetbeat.questions.all(programId === null ? {} : { programId }))
    if (question.sessionId === sessionId) oldest = question;
  return oldest;
}

interface Reply {
  readonly option?: string;
  readonly text?: string;
}

/** Answers the question; without one, sends a message to the session's program. Resolves with what was done, in words. */
export async function sendReply(
  fleetbeat: Fleetbeat,
  { programId, sessionId }: Session,
  question: Question | null,
  { option, text }: Reply,
): Promise<string> {
  if (question) {
    await fleetbeat.questions.answer(question.questionId, {
      ...(option !== undefined && { option }),
      ...(text !== undefined && { text }),
    });
    return `Answered ${programId ?? sessionId}: ${option ?? text ?? ''}`;
  }
  if (programId === null) return 'Not sent: this session has no program that could read a message.';
  await fleetbeat.messages.send({ to: programId, kind: 'DIRECTIVE', text: text ?? '' });
  return `Sent to ${programId}: ${text ?? ''}`;
}
