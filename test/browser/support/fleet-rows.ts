/** What a person reads who scrolls through the whole fleet, of which only what is seen is drawn. */
import type { Page } from 'playwright-core';

export interface FleetRow {
  readonly status: string;
  readonly state: string;
}

/** By program, in whatever order the list has. */
export const readFleetRows = async (page: Page): Promise<Map<string, FleetRow>> =>
  new Map(
    await page.evaluate(async () => {
      const getText = (row: Element, selector: string) => row.querySelector(selector)?.textContent ?? '';
      const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const rows = new Map<string, { status: string; state: string }>();
      const getScrollEnd = () => document.documentElement.scrollHeight - innerHeight;
      for (let top = 0; ; top += innerHeight / 2) {
        scrollTo({ top, behavior: 'instant' });
        await nextFrame();
        for (const row of document.querySelectorAll('.fleet-row')) {
          rows.set(getText(row, 'h3'), { status: getText(row, '.fleet-does'), state: getText(row, '.fleet-state') });
        }
        if (top >= getScrollEnd()) return [...rows];
      }
    }),
  );
