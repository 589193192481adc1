/** What the rest of the server may use of questions. */
export { Question } from './entity.ts';
export { questionHandlers } from './handlers.ts';
export { QuestionService } from './service.ts';
export { QuestionWaiters } from './waiters.ts';
