/** The public interface of the questions domain. */
export { Question } from './entity.ts';
export { questionHandlers } from './handlers.ts';
export { QuestionService } from './service.ts';
export { QuestionWaiters } from './waiters.ts';
