/** Every operation's handler. An operation of the contract that is missing here does not compile. */

import { aboutHandlers } from './about/handlers.ts';
import { accountHandlers } from './accounts/handlers.ts';
import { auditHandlers } from './audit/handlers.ts';
import { bootHandlers } from './boot/handlers.ts';
import { eventHandlers } from './platform/events/handlers.ts';
import { fleetHandlers } from './fleet/handlers.ts';
import { keyHandlers } from './keys/handlers.ts';
import { messageHandlers } from './messages/handlers.ts';
import { metricsHandlers } from './domains/about/metrics-handlers.ts';
import type { Handlers } from './platform/operations.ts';
import { programHandlers } from './programs/handlers.ts';
import { sessionHandlers } from './sessions/handlers.ts';
import { signInHandlers } from './sign-in/handlers.ts';
import { stateHandlers } from './state/handlers.ts';
import { stateHistoryHandlers } from './state/history-handlers.ts';
import { patternHandlers } from './state/pattern-handlers.ts';
import { taskHandlers } from './tasks/handlers.ts';
import { webhookHandlers } from './webhooks/handlers.ts';

export const handlers: Handlers = {
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
