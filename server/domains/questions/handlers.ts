/** Handlers of the question operations. */
import { created, type Handlers } from '../../platform/operations.ts';
import type { QuestionService } from './service.ts';
import { toQuestionView } from './view.ts';

export const questionHandlers: Handlers<
  'askHuman' | 'listQuestions' | 'getQuestion' | 'answerQuestion' | 'withdrawQuestion',
  { readonly questions: QuestionService }
> = {
  async askHuman({ body }, { principal, services }) {
    const question = await services.questions.ask(principal, body);
    return created(`/v1/questions/${question.questionId}`, toQuestionView(question));
  },

  async listQuestions({ query: { state = 'open', programId, limit = 10, cursor } }, { principal, services }) {
    const { questions, nextCursor } = await services.questions.list(principal, { state, programId, limit, cursor });
    return { status: 200, body: { questions: questions.map(toQuestionView), nextCursor } };
  },

  async getQuestion({ path, query: { wait = 0 } }, { principal, services }) {
    return { status: 200, body: toQuestionView(await services.questions.get(principal, path.questionId, wait)) };
  },

  async answerQuestion({ path, body }, { principal, services }) {
    return { status: 200, body: toQuestionView(await services.questions.answer(principal, path.questionId, body)) };
  },

  async withdrawQuestion({ path }, { principal, services }) {
    return { status: 200, body: toQuestionView(await services.questions.withdraw(principal, path.questionId)) };
  },
};
