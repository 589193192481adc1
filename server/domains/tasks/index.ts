/** What the rest of the server may use of tasks. */
export { CLAIM_LAPSED_SQL, TASKS_WITH_CLAIMANT } from './claims.ts';
export { Task, WILDCARD_TARGET } from './entity.ts';
export { taskHandlers } from './handlers.ts';
export { TaskService } from './service.ts';
export { toTaskSummary } from './view.ts';
