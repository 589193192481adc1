/** Every operation's handler. An operation of the contract that is missing here does not compile. */

import { aboutHandlers } from './domains/about/handlers.ts';
import { metricsHandlers } from './domains/about/metrics-handlers.ts';
import { accountHandlers } from './domains/accounts/handlers.ts';
import { auditHandlers } from './domains/audit/handlers.ts';
import { bootHandlers } from './domains/boot/handlers.ts';
import { fleetHandlers } from './domains/fleet/handlers.ts';
import { keyHandlers } from './domains/keys/handlers.ts';
import { messageHandlers } from './domains/messages/handlers.ts';
import { programHandlers } from './domains/programs/handlers.ts';
import { sessionHandlers } from './domains/sessions/handlers.ts';
import { signInHandlers } from './domains/sign-in/handlers.ts';
import { stateHandlers } from './domains/state/handlers.ts';
import { stateHistoryHandlers } from './domains/state/history-handlers.ts';
import { patternHandlers } from './domains/state/pattern-handlers.ts';
import { taskHandlers } from './domains/tasks/handlers.ts';
import { webhookHandlers } from './domains/webhooks/handlers.ts';
import { eventHandlers } from './platform/events/handlers.ts';
import type { Handlers, OperationId } from './platform/operations.ts';
import type { Services } from './services.ts';

export const handlers: Handlers<OperationId, Services> = {
  ...sessionHandlers,
  ...fleetHandlers,
  ...eventHandlers,
  ...stateHandlers,
  ...taskHandlers,
  ...messageHandlers,
  ...stateHistoryHandlers,
  ...patternHandlers,
  ...keyHandlers,
  ...signInHandlers,
  ...programHandlers,
  ...accountHandlers,
  ...bootHandlers,
  ...auditHandlers,
  ...webhookHandlers,
  ...aboutHandlers,
  ...metricsHandlers,
};
