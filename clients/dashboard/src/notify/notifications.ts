/** Notifies this device when a session begins to need a person, as long as the application is open in some window. */
import { effect, untracked } from '@preact/signals';
import { me } from '../auth.ts';
import { fleetLoaded } from '../live/fleet.ts';
import { attentionQueue } from '../live/fleet-store.ts';
import { preferences } from './preferences.ts';
import { buildNotifications, indexNeeds, isQuietTime, type NeedsBySession, type NotificationContent } from './rules.ts';

/** The browser's permission; `unsupported` where there is no service worker, as on a plain-HTTP address. */
export const notificationPermission = (): NotificationPermission | 'unsupported' =>
  'Notification' in globalThis && 'serviceWorker' in navigator ? Notification.permission : 'unsupported';

/** Whether this browser takes notifications that the server pushes. On an iPhone that is only from the home screen. */
export const canPush = (): boolean => notificationPermission() !== 'unsupported' && 'PushManager' in globalThis;

/** Call once. Needs that exist when the fleet is first loaded are on the screen already and cause no notification. */
export function startNotifications(): void {
  renewPushOnSignIn();
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

/** A browser that was signed out, or that its push service gave another address, is subscribed anew. */
function renewPushOnSignIn(): void {
  const stop = effect(() => {
    if (!me.value || me.value.role === 'program') return;
    queueMicrotask(() => stop());
    if (preferences.peek().push.subscriptionId !== null && canPush() && notificationPermission() === 'granted')
      // Without an answer the subscription stays as it is.
      void import('./push.ts').then(({ savePush }) => savePush()).catch(() => undefined);
  });
}

/** No notification while the user sees the queue. */
function shouldNotify(): boolean {
  const isQueueVisible = !document.hidden && location.pathname === '/';
  const time = new Date().toTimeString().slice(0, 5);
  return (
    preferences.value.on &&
    // The server pushes them then.
    preferences.value.push.subscriptionId === null &&
    notificationPermission() === 'granted' &&
    !isQueueVisible &&
    !isQuietTime(preferences.value, time)
  );
}

/** Shows a notification through the service worker, which opens the page when it is clicked. */
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
