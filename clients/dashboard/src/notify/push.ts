/** Subscribes this browser to Web Push, by this device's notification preferences. Loaded by those who use it. */
import type { components } from '@fleetbeat/client';
import { fleetbeat } from '../auth.ts';
import { preferences, updatePreferences } from './preferences.ts';
import { listPushTypes } from './rules.ts';

type PushSubscriptionCreate = components['schemas']['PushSubscriptionCreate'];

/** Subscribes, or updates what the server has stored. Rejects when the browser or the server refuses. */
export async function savePush(): Promise<void> {
  const { publicKey } = await fleetbeat().pushSubscriptions.get();
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await subscribe(pushManager, publicKey);
  const { endpoint, keys } = subscription.toJSON() as Pick<PushSubscriptionCreate, 'endpoint' | 'keys'>;
  const { quiet, from, to, push } = preferences.peek();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { subscriptionId } = await fleetbeat().pushSubscriptions.create({
    endpoint,
    keys: { p256dh: keys.p256dh, auth: keys.auth },
    types: listPushTypes(preferences.peek()),
    showDetails: push.showDetails,
    quietHours: quiet ? { from, to, timeZone } : null,
  });
  updatePreferences({ push: { ...preferences.peek().push, subscriptionId } });
}

/** An existing subscription is of use only if it was made for this server's key. */
async function subscribe(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const existing = await manager.getSubscription();
  if (existing && toBase64Url(existing.options.applicationServerKey) === publicKey) return existing;
  await existing?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

const toBase64Url = (key: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(key ?? [])))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

/** Ends the subscription, on the server too. */
export async function stopPush(): Promise<void> {
  const { push } = preferences.peek();
  updatePreferences({ push: { ...push, subscriptionId: null } });
  const registration = await navigator.serviceWorker.ready;
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  // The server may have ended it already.
  if (push.subscriptionId !== null)
    await fleetbeat()
      .pushSubscriptions.remove(push.subscriptionId)
      .catch(() => undefined);
}
