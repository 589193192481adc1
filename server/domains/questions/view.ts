/** A question as the contract shows it. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { QuestionRow } from './entity.ts';

export const toQuestionView = (question: QuestionRow): components['schemas']['Question'] => ({
  questionId: question.questionId,
  sessionId: question.sessionId,
  programId: question.programId,
  kind: question.kind,
  title: question.title,
  details: [...question.details],
  options: [...question.options],
  freeText: question.freeText,
  state: question.state,
  answer: question.state === 'answered' ? { option: question.answerOption, text: question.answerText } : null,
  answeredBy: question.state === 'answered' ? question.answeredBy : null,
  createdAt: formatInstant(question.createdAt),
  expiresAt: formatInstant(question.expiresAt),
  closedAt: formatInstantOrNull(question.closedAt),
});
