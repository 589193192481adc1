/** What this device wants to be told. Kept on the device: a phone at night is not a desk at noon. */
import type { Need } from '@fleetbeat/client';
import { signal } from '@preact/signals';

export interface NotificationPreferences {
  readonly on: boolean;
  readonly needs: Readonly<Record<Need, boolean>>;
  readonly quiet: boolean;
  /** Times of the day of this device, `22:00`. */
  readonly from: string;
  readonly to: string;
}

const STORAGE_KEY = 'fleetbeat.notifications';
const DEFAULTS: NotificationPreferences = {
  on: false,
  needs: { blocked: true, handoff: true, stuck: true, stale: true },
  quiet: false,
  from: '22:00',
  to: '07:00',
};

export const preferences = signal<NotificationPreferences>(loadPreferences());

function loadPreferences(): NotificationPreferences {
  try {
    const saved = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Partial<NotificationPreferences>;
    return { ...DEFAULTS, ...saved, needs: { ...DEFAULTS.needs, ...saved.needs } };
  } catch {
    return DEFAULTS;
  }
}

export function updatePreferences(change: Partial<NotificationPreferences>): void {
  preferences.value = { ...preferences.peek(), ...change };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences.peek()));
  } catch {
    // Storage may be blocked: the choice holds until the page is left.
  }
}
