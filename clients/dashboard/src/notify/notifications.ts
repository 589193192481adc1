/** Tells this device of sessions that begin to need somebody, for as long as the application is open somewhere on it. */
import { effect, untracked } from '@preact/signals';
import { fleetLoaded } from '../live/fleet.ts';
import { attentionQueue } from '../live/fleet-store.ts';
import { preferences } from './preferences.ts';
import { buildNotifications, indexNeeds, isQuietTime, type NeedsBySession, type NotificationContent } from './rules.ts';

/** What the browser allows: `unsupported` where there is no service worker, as on a plain-HTTP address. */
export const notificationPermission = (): NotificationPermission | 'unsupported' =>
  'Notification' in globalThis && 'serviceWorker' in navigator ? Notification.permission : 'unsupported';

/** To be called once. What is there when the fleet is first read is on the screen, and no news. */
export function startNotifications(): void {
  let before: NeedsBySession | null = null;
  effect(() => {
    const sessions = attentionQueue.value;
    if (!fleetLoaded.value) {
      before = null;
      return;
    }
    untracked(() => {
      if (before && shouldNotify())
        for (const notification of buildNotifications(before, sessions, preferences.value))
          void showNotification(notification);
      before = indexNeeds(sessions);
    });
  });
}

/** Who looks at the queue needs no notice of it. */
function shouldNotify(): boolean {
  const isQueueVisible = !document.hidden && location.pathname === '/';
  const time = new Date().toTimeString().slice(0, 5);
  return (
    preferences.value.on &&
    notificationPermission() === 'granted' &&
    !isQueueVisible &&
    !isQuietTime(preferences.value, time)
  );
}

/** Shows a notice through the service worker, which opens the page when it is pressed. */
export async function showNotification({ title, body, tag, path }: NotificationContent): Promise<void> {
  const registration = await navigator.serviceWorker.ready;
  await registration.showNotification(title, {
    body,
    tag,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { path },
  });
}
