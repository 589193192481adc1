/** The public part of the tasks domain. */
export { CLAIM_LAPSED_SQL, TASKS_WITH_CLAIMANT } from './claims.ts';
export { Task, WILDCARD_TARGET } from './entity.ts';
export { taskHandlers } from './handlers.ts';
export { TaskService } from './service.ts';
export { toTaskSummary } from './view.ts';
