/** Everything that handlers may use. */
import type { Clock } from './clock.ts';
import type { FleetService } from './fleet/service.ts';
import type { KeyService } from './keys/service.ts';
import type { SessionService } from './sessions/service.ts';
import type { Settings } from './settings.ts';
import type { StateService } from './state/service.ts';
import type { Store } from './storage/store.ts';

export interface Services {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly store: Store;
  readonly keys: KeyService;
  readonly sessions: SessionService;
  readonly state: StateService;
  readonly fleet: FleetService;
  /** The release that runs. */
  readonly version: string;
}
