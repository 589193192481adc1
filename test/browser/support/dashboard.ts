/** What a person does in the dashboard, by role and label. */
import type { Locator, Page } from 'playwright-core';
import type { TestServer } from '../../support/test-server.ts';

/** The path of a one-time link, to be opened. */
export const createSignInPath = async (server: TestServer): Promise<string> =>
  `/#link=${await server.createOperatorInvitation()}`;

/** The line of a program in the inbox on top of the home page, with what it shows when it is open. */
export const attentionCard = (page: Page, programId: string): Locator =>
  page.getByRole('article', { name: `${programId} needs you` });

/** Opens it. */
export async function openAttentionCard(page: Page, programId: string): Promise<Locator> {
  const card = attentionCard(page, programId);
  await card.getByRole('button', { expanded: false }).click();
  return card;
}

/** The row of a program in the fleet. */
export const fleetRow = (page: Page, programId: string): Locator =>
  page
    .getByRole('list', { name: 'Programs' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: programId, exact: true }) });

/** The button that shows only the programs of one kind; it also says how many there are. */
export const filterButton = (page: Page, kind: string, count: number): Locator =>
  page.getByRole('button', { name: new RegExp(`^${kind} ${count}$`) });

/** Loads the page again; resolves when it has read all of the fleet, the list of programs last. */
export async function reloadFleet(page: Page): Promise<void> {
  // An answer to the page as it was before is gone with it, and cannot be read any more.
  const isLast = async (url: string, text: () => Promise<string>) =>
    url.includes('/v1/programs?') && JSON.parse(await text().catch(() => '{}')).nextCursor === null;
  const last = page.waitForResponse((response) => isLast(response.url(), () => response.text()));
  await Promise.all([last, page.reload()]);
}
