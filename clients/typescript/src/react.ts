/** The fleet in a React component: `import { useFleet } from '@fleetbeat/client/react'`. React 18 and newer. */
import { useSyncExternalStore } from 'react';
import type { Fleetbeat } from './client.js';
import type { LiveFleet } from './live-fleet.js';

export interface FleetView extends Omit<LiveFleet, 'connection'> {
  /** `connecting` until the first answer; `lost` while the server cannot be reached; `refused` when the key may not see it. */
  readonly connection: LiveFleet['connection'] | 'connecting' | 'refused';
  /** Why it was refused. */
  readonly error?: unknown;
}

type Client = Pick<Fleetbeat, 'fleet'>;

const CONNECTING: FleetView = { massSilence: null, pendingTasksForAll: 0, programs: [], connection: 'connecting' };

class FleetStore {
  #view = CONNECTING;
  #controller: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly client: Client) {}

  readonly getView = (): FleetView => this.#view;

  /** Follows the fleet while somebody listens. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (!this.#controller) {
      this.#controller = new AbortController();
      void this.#follow(this.#controller.signal);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#controller?.abort();
      this.#controller = undefined;
    };
  };

  async #follow(signal: AbortSignal): Promise<void> {
    try {
      for await (const fleet of this.client.fleet.live({ signal })) this.#show(fleet);
    } catch (error) {
      if (!signal.aborted) this.#show({ ...this.#view, connection: 'refused', error });
    }
  }

  #show(view: FleetView): void {
    this.#view = view;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** One stream for each client, whatever the number of components. */
const stores = new WeakMap<Client, FleetStore>();

/** The fleet as it is now: renders again with each change. Components with the same client share one stream of events. */
export function useFleet(fleetbeat: Client): FleetView {
  const store = stores.get(fleetbeat) ?? new FleetStore(fleetbeat);
  stores.set(fleetbeat, store);
  return useSyncExternalStore(store.subscribe, store.getView, () => CONNECTING);
}
