/** What a person reads who scrolls through the whole fleet, of which only what is seen is drawn. */
import type { Page } from 'playwright-core';

export interface Row {
  readonly does: string;
  readonly state: string;
}

/** By program, in whatever order the list has. */
export const everyRow = async (page: Page): Promise<Map<string, Row>> =>
  new Map(
    await page.evaluate(async () => {
      const textOf = (row: Element, selector: string) => row.querySelector(selector)?.textContent ?? '';
      const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const rows = new Map<string, { does: string; state: string }>();
      const end = () => document.documentElement.scrollHeight - innerHeight;
      for (let top = 0; ; top += innerHeight / 2) {
        scrollTo({ top, behavior: 'instant' });
        await drawn();
        for (const row of document.querySelectorAll('.fleet-row')) {
          rows.set(textOf(row, 'h3'), { does: textOf(row, '.fleet-does'), state: textOf(row, '.fleet-state') });
        }
        if (top >= end()) return [...rows];
      }
    }),
  );
