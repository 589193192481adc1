/** The browser of a test file, and visits to a dashboard in it: each with cookies and storage of its own. */
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import type {} from '../../support/on-browser.ts';

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** What the browser complained of: errors on the console, exceptions, and what the content security policy refused. */
  errors(): readonly string[];
}

interface VisitOptions extends BrowserContextOptions {
  /** Open another page than the first. */
  readonly path?: string;
}

/** Background traffic is of no use here, and a closed network refuses it many times a second. */
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** To be called once in a test file: a browser for all of its tests. What it resolves with opens visits. */
export function useBrowser(): (url: string, options?: VisitOptions) => Promise<Visit> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: inject('chromium'), args: FLAGS });
  });
  afterAll(() => browser?.close());
  return async (url, { path = '/', ...options } = {}) => {
    if (!browser) throw new Error('The browser is not started yet: visit from a test');
    const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
        console.error(`CSP refused ${blockedURI} by ${violatedDirective}`),
      );
    });
    await page.goto(new URL(path, url).href);
    return { page, errors: () => errors, [Symbol.asyncDispose]: () => context.close() };
  };
}
