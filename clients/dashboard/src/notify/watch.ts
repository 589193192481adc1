/** Tells this device of sessions that begin to need somebody, for as long as the application is open somewhere on it. */
import { effect, untracked } from '@preact/signals';
import { fleetRead } from '../live/fleet.ts';
import { queue } from '../live/fleet-store.ts';
import { choices } from './choices.ts';
import { isQuiet, type Known, knownNeeds, type Notice, noticesOf } from './rules.ts';

/** What the browser allows: `unsupported` where there is no service worker, as on a plain-HTTP address. */
export const permission = (): NotificationPermission | 'unsupported' =>
  'Notification' in globalThis && 'serviceWorker' in navigator ? Notification.permission : 'unsupported';

/** To be called once. What is there when the fleet is first read is on the screen, and no news. */
export function startNotifying(): void {
  let before: Known | null = null;
  effect(() => {
    const sessions = queue.value;
    if (!fleetRead.value) {
      before = null;
      return;
    }
    untracked(() => {
      if (before && wants()) for (const notice of noticesOf(before, sessions, choices.value)) void show(notice);
      before = knownNeeds(sessions);
    });
  });
}

/** Who looks at the queue needs no notice of it. */
function wants(): boolean {
  const looksAtQueue = !document.hidden && location.pathname === '/';
  const time = new Date().toTimeString().slice(0, 5);
  return choices.value.on && permission() === 'granted' && !looksAtQueue && !isQuiet(choices.value, time);
}

/** Shows a notice through the service worker, which opens the page when it is pressed. */
export async function show({ title, body, tag, path }: Notice): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification(title, {
    body,
    tag,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { path },
  });
}
