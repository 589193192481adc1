/** This device's notification preferences. Stored on the device, because a phone needs other quiet hours than a desk. */
import type { Need } from '@fleetbeat/client';
import { signal } from '@preact/signals';

export interface NotificationPreferences {
  readonly on: boolean;
  readonly needs: Readonly<Record<Need, boolean>>;
  readonly quiet: boolean;
  /** Local times of day, `22:00`. */
  readonly from: string;
  readonly to: string;
  readonly push: PushPreferences;
}

/** Notifications that the server pushes, also while the dashboard is closed. */
export interface PushPreferences {
  /** The server's id of this browser's subscription; null when it has none. */
  readonly subscriptionId: string | null;
  /** Whether notifications show what is asked, so that it can be answered there. */
  readonly showDetails: boolean;
  /** Whether agents that are done ring too. */
  readonly completed: boolean;
}

const STORAGE_KEY = 'fleetbeat.notifications';
const DEFAULTS: NotificationPreferences = {
  on: false,
  needs: { blocked: true, handoff: true, stuck: true, stale: true },
  quiet: false,
  from: '22:00',
  to: '07:00',
  push: { subscriptionId: null, showDetails: false, completed: false },
};

export const preferences = signal<NotificationPreferences>(loadPreferences());

function loadPreferences(): NotificationPreferences {
  try {
    const saved = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<NotificationPreferences>;
    return {
      ...DEFAULTS,
      ...saved,
      needs: { ...DEFAULTS.needs, ...saved.needs },
      push: { ...DEFAULTS.push, ...saved.push },
    };
  } catch {
    return DEFAULTS;
  }
}

export function updatePreferences(change: Partial<NotificationPreferences>): void {
  preferences.value = { ...preferences.peek(), ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences.peek()));
  } catch {
    // Storage may be blocked: the preference then lasts until the page is closed.
  }
}
