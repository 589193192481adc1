/** How many sessions need a person, where the page itself is not seen: the tab's title and icon, and the app's badge. */
import { effect, signal } from '@preact/signals';
import { fleetLoaded } from '../live/fleet.ts';
import { unansweredCount } from '../live/hidden-needs.ts';

/** The title of the page without the count. */
export const pageTitle = signal('Fleetbeat');

/** Zero until the fleet is loaded. */
export const getInboxCount = (): number => (fleetLoaded.value ? unansweredCount.value : 0);

/** Call once. */
export function startAttentionBadge(): void {
  effect(() => {
    const count = getInboxCount();
    document.title = count > 0 ? `(${count}) ${pageTitle.value}` : pageTitle.value;
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    const href = count > 0 ? '/icon-alert.svg' : '/icon.svg';
    if (icon && icon.getAttribute('href') !== href) icon.setAttribute('href', href);
    // Only where the app is installed does this do anything; a refusal changes nothing here.
    if ('setAppBadge' in navigator)
      void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
  });
}
