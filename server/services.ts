/** Everything that handlers may use. */
import type { AccountService } from './domains/accounts/service.ts';
import type { AuditService } from './domains/audit/service.ts';
import type { FleetService } from './domains/fleet/service.ts';
import type { KeyCache } from './domains/keys/key-ring.ts';
import type { KeyService } from './domains/keys/service.ts';
import type { MessageService } from './domains/messages/service.ts';
import type { ProgramService } from './domains/programs/service.ts';
import type { SessionService } from './domains/sessions/service.ts';
import type { SignInService } from './domains/sign-in/service.ts';
import type { StateHistoryService } from './domains/state/history-service.ts';
import type { PatternService } from './domains/state/pattern-service.ts';
import type { StateService } from './domains/state/service.ts';
import type { StateTransferService } from './domains/state/transfer-service.ts';
import type { TaskService } from './domains/tasks/service.ts';
import type { WebhookService } from './domains/webhooks/service.ts';
import type { Clock } from './platform/clock.ts';
import type { Store } from './platform/database/store.ts';
import type { EventService } from './platform/events/service.ts';
import type { Leases } from './platform/jobs/lease.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import type { Settings } from './platform/settings.ts';

export interface Services {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly store: Store;
  readonly keyCache: KeyCache;
  readonly accounts: AccountService;
  readonly programs: ProgramService;
  readonly keys: KeyService;
  readonly signIn: SignInService;
  readonly sessions: SessionService;
  readonly state: StateService;
  readonly tasks: TaskService;
  readonly messages: MessageService;
  readonly patterns: PatternService;
  readonly stateHistory: StateHistoryService;
  readonly stateTransfer: StateTransferService;
  readonly fleet: FleetService;
  readonly events: EventService;
  readonly audit: AuditService;
  readonly webhooks: WebhookService;
  readonly leases: Leases;
  readonly metrics: Metrics;
  /** The release that runs. */
  readonly version: string;
}
