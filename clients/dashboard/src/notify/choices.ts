/** What this device wants to be told. Kept on the device: a phone at night is not a desk at noon. */
import { signal } from '@preact/signals';
import type { Need } from '../live/needs.ts';

export interface Choices {
  readonly on: boolean;
  readonly needs: Readonly<Record<Need, boolean>>;
  readonly quiet: boolean;
  /** Times of the day of this device, `22:00`. */
  readonly from: string;
  readonly to: string;
}

const PLACE = 'fleetbeat.notifications';
const DEFAULTS: Choices = {
  on: false,
  needs: { blocked: true, handoff: true, stuck: true, stale: true },
  quiet: false,
  from: '22:00',
  to: '07:00',
};

export const choices = signal<Choices>(stored());

function stored(): Choices {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Partial<Choices>;
    return { ...DEFAULTS, ...kept, needs: { ...DEFAULTS.needs, ...kept.needs } };
  } catch {
    return DEFAULTS;
  }
}

export function choose(change: Partial<Choices>): void {
  choices.value = { ...choices.peek(), ...change };
  try {
    localStorage.setItem(PLACE, JSON.stringify(choices.peek()));
  } catch {
    // Storage may be blocked: the choice holds until the page is left.
  }
}
