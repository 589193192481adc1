/** The handler of every operation. An operation of the contract that is missing here is a compile error. */
import { aboutHandlers, metricsHandlers } from './domains/about/index.ts';
import { accountHandlers } from './domains/accounts/index.ts';
import { auditHandlers } from './domains/audit/index.ts';
import { bootHandlers } from './domains/boot/index.ts';
import { fleetHandlers } from './domains/fleet/index.ts';
import { invitationHandlers } from './domains/invitations/index.ts';
import { keyHandlers } from './domains/keys/index.ts';
import { messageHandlers } from './domains/messages/index.ts';
import { oauthHandlers } from './domains/oauth/index.ts';
import { programHandlers } from './domains/programs/index.ts';
import { pushHandlers, pushPreparations } from './domains/push/index.ts';
import { questionHandlers } from './domains/questions/index.ts';
import { sessionHandlers } from './domains/sessions/index.ts';
import { signInHandlers } from './domains/sign-in/index.ts';
import { patternHandlers, stateHandlers, stateHistoryHandlers } from './domains/state/index.ts';
import { taskHandlers } from './domains/tasks/index.ts';
import { webhookHandlers, webhookPreparations } from './domains/webhooks/index.ts';
import { eventHandlers } from './platform/events/handlers.ts';
import type { Handlers, OperationId, Preparations } from './platform/operations.ts';
import type { Services } from './services.ts';

export const handlers: Handlers<OperationId, Services> = {
  ...sessionHandlers,
  ...fleetHandlers,
  ...eventHandlers,
  ...stateHandlers,
  ...taskHandlers,
  ...questionHandlers,
  ...messageHandlers,
  ...stateHistoryHandlers,
  ...patternHandlers,
  ...keyHandlers,
  ...signInHandlers,
  ...invitationHandlers,
  ...oauthHandlers,
  ...programHandlers,
  ...accountHandlers,
  ...bootHandlers,
  ...auditHandlers,
  ...webhookHandlers,
  ...pushHandlers,
  ...aboutHandlers,
  ...metricsHandlers,
};

/** What some operations do before their handler, outside of any transaction. */
export const preparations: Preparations<OperationId, Services> = { ...webhookPreparations, ...pushPreparations };
