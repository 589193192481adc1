/** Everything that handlers may use. */
import type { AccountService } from './accounts/service.ts';
import type { AuditService } from './audit/service.ts';
import type { Clock } from './platform/clock.ts';
import type { EventService } from './platform/events/service.ts';
import type { FleetService } from './fleet/service.ts';
import type { Leases } from './platform/jobs/lease.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { KeyService } from './keys/service.ts';
import type { MessageService } from './messages/service.ts';
import type { Metrics } from './platform/metrics/metrics.ts';
import type { ProgramService } from './programs/service.ts';
import type { SessionService } from './sessions/service.ts';
import type { Settings } from './settings.ts';
import type { SignInService } from './sign-in/service.ts';
import type { StateHistoryService } from './state/history-service.ts';
import type { PatternService } from './state/pattern-service.ts';
import type { StateService } from './state/service.ts';
import type { StateTransferService } from './state/transfer-service.ts';
import type { Store } from './platform/database/store.ts';
import type { TaskService } from './tasks/service.ts';
import type { WebhookService } from './webhooks/service.ts';

export interface Services {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly store: Store;
  readonly ring: KeyRing;
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
