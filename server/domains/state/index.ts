/** The public part of the state domain. */
export { Pattern, State } from './entity.ts';
export { stateHandlers } from './handlers.ts';
export { PatternUndo, StateVersion } from './history-entities.ts';
export { stateHistoryHandlers } from './history-handlers.ts';
export { StateHistoryService } from './history-service.ts';
export { patternHandlers } from './pattern-handlers.ts';
export { PatternService } from './pattern-service.ts';
export { StateService } from './service.ts';
export { StateTransferService } from './transfer-service.ts';
export { toStateView } from './view.ts';
