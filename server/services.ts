/** The services that handlers may use. */
import type { AccountService } from './domains/accounts/index.ts';
import type { AuditService } from './domains/audit/index.ts';
import type { FleetHistoryService, FleetService } from './domains/fleet/index.ts';
import type { InvitationService, RedemptionService } from './domains/invitations/index.ts';
import type { KeyCache, KeyService } from './domains/keys/index.ts';
import type { MessageService } from './domains/messages/index.ts';
import type { ConsentService } from './domains/oauth/index.ts';
import type { ProgramService } from './domains/programs/index.ts';
import type { PushService } from './domains/push/index.ts';
import type { QuestionService } from './domains/questions/index.ts';
import type { SessionService } from './domains/sessions/index.ts';
import type { SignInService } from './domains/sign-in/index.ts';
import type { PatternService, StateHistoryService, StateService, StateTransferService } from './domains/state/index.ts';
import type { TaskService } from './domains/tasks/index.ts';
import type { WebhookService } from './domains/webhooks/index.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import type { EventService } from './platform/events/service.ts';
import type { Leases } from './platform/jobs/lease.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import type { Settings } from './platform/settings.ts';

export interface Services {
  readonly consents: ConsentService;
  readonly clock: Clock;
  readonly settings: Settings;
  /** The path where people sign in with their organisation's account; null when that is off. */
  readonly organisationSignIn: string | null;
  readonly store: Store;
  readonly keyCache: KeyCache;
  readonly accounts: AccountService;
  readonly programs: ProgramService;
  readonly keys: KeyService;
  readonly signIn: SignInService;
  readonly invitations: InvitationService;
  readonly redemption: RedemptionService;
  readonly sessions: SessionService;
  readonly questions: QuestionService;
  readonly state: StateService;
  readonly tasks: TaskService;
  readonly messages: MessageService;
  readonly patterns: PatternService;
  readonly stateHistory: StateHistoryService;
  readonly stateTransfer: StateTransferService;
  readonly fleet: FleetService;
  readonly fleetHistory: FleetHistoryService;
  readonly events: EventService;
  readonly audit: AuditService;
  readonly webhooks: WebhookService;
  readonly push: PushService;
  readonly leases: Leases;
  readonly metrics: Metrics;
  /** The version of this server. */
  readonly version: string;
}
