/** Notifications that the server pushes, which come while no page is open. */
import { isPage } from '../routes.ts';

declare const self: ServiceWorkerGlobalScope;

/** What the server sends: `PushNotification` in server/domains/push/rules.ts. */
interface PushNotification {
  readonly title: string;
  readonly body?: string;
  readonly path: string;
  readonly tag: string;
  readonly answer?: { readonly questionId: string; readonly options: readonly string[] };
}

/** Not in TypeScript's library yet. */
type ShownOptions = NotificationOptions & {
  readonly renotify: boolean;
  readonly actions: readonly { readonly action: string; readonly title: string }[];
};

self.addEventListener('push', (event) => {
  const notification: PushNotification | undefined = event.data?.json();
  if (notification) event.waitUntil(showPush(notification));
});

async function showPush({ title, body = '', path, tag, answer }: PushNotification): Promise<void> {
  const isSeen = await isInboxVisible();
  const options: ShownOptions = {
    body,
    tag,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { path, answer },
    renotify: !isSeen,
    silent: isSeen,
    // By number: an action's name and its title are two things, and the options are free text.
    actions: (answer?.options ?? []).map((option, index) => ({ action: String(index), title: option })),
  };
  await self.registration.showNotification(title, options);
  // Each push must show something, or browsers end the subscription. Who has the inbox in view needs no more.
  if (isSeen) for (const shown of await self.registration.getNotifications({ tag })) shown.close();
}

async function isInboxVisible(): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: 'window' });
  return windows.some(
    (window) =>
      'visibilityState' in window && window.visibilityState === 'visible' && new URL(window.url).pathname === '/',
  );
}

self.addEventListener('notificationclick', (event) => {
  const { notification, action } = event;
  notification.close();
  const { path, answer } = (notification.data ?? {}) as Partial<PushNotification>;
  const option = action === '' ? undefined : answer?.options[Number(action)];
  const page = path !== undefined && isPage(path) ? path : '/';
  event.waitUntil(
    answer && option !== undefined ? answerQuestion(answer.questionId, option).catch(() => show(page)) : show(page),
  );
});

/** Answers as whoever is signed in. Rejects when the answer was not taken: the page then says why. */
async function answerQuestion(questionId: string, option: string): Promise<void> {
  const { csrfToken } = await fetchJson('/v1/me', {});
  await fetchJson(`/v1/questions/${questionId}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': String(csrfToken) },
    body: JSON.stringify({ option }),
  });
}

async function fetchJson(path: string, init: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}

/** Navigates an open window to the page, or opens a window. */
async function show(path: string): Promise<void> {
  const [window] = await self.clients.matchAll({ type: 'window' });
  if (!window) return void (await self.clients.openWindow(path));
  window.postMessage({ show: path });
  await window.focus();
}
