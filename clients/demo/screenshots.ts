/** Takes the README's screenshots of the demo: phone and desk, light and dark, into docs/images. */

import { setMaxListeners } from 'node:events';
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { createFleetbeat } from '../typescript/src/index.ts';
import { simulate } from './fleet.ts';
import { startDemoServer } from './server.ts';

/** Faster than `make demo`, so that every state appears soon. */
const BEAT_MS = 700;
/** How long until sessions are blocked, handing over and complete, and what they did is recorded: once a minute. */
const SETTLE_MS = 75_000;
const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 360, height: 760 };

const SHOTS = [
  { name: 'fleet-desk-light', path: '/', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'fleet-desk-dark', path: '/', viewport: DESKTOP, colorScheme: 'dark' },
  { name: 'fleet-phone-light', path: '/', viewport: PHONE, colorScheme: 'light' },
  { name: 'fleet-phone-dark', path: '/', viewport: PHONE, colorScheme: 'dark' },
  { name: 'session-desk-light', path: 'session', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'memory-desk-dark', path: '/programs/builder?view=patterns', viewport: DESKTOP, colorScheme: 'dark' },
] as const;

const stop = new AbortController();
setMaxListeners(0, stop.signal);
const server = await startDemoServer('0');
const simulation = simulate(server.url, server.adminKey, { beatMs: BEAT_MS, stop: stop.signal });
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--disable-gpu'] });
try {
  await pause(SETTLE_MS);
  mkdirSync(FOLDER, { recursive: true });
  const cookies = await signIn(browser);
  for (const { name, path, viewport, colorScheme } of SHOTS) {
    const context = await browser.newContext({ viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
    await context.addCookies(cookies);
    const page = await context.newPage();
    await page.goto(server.url + (path === 'session' ? await newestSession() : path));
    await waitUntilRendered(page);
    // The picture of the fleet shows what the inbox is for: the title counts those who need somebody.
    while (path === '/' && !/^\([2-9]\)/.test(await page.title())) await pause(100);
    await page.screenshot({ path: `${FOLDER}${name}.png` });
    await context.close();
    console.log(`docs/images/${name}.png`);
  }
} finally {
  stop.abort();
  await simulation.catch(() => undefined);
  await browser.close();
  await server.stop();
}

/** The link is valid once: its cookie is copied to the other contexts. */
async function signIn(from: Browser) {
  const context = await from.newContext();
  const page = await context.newPage();
  await page.goto(server.link);
  await waitUntilRendered(page);
  return context.cookies();
}

/** Waits for the heading, and until nothing is loading. */
async function waitUntilRendered(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await pause(1_500);
}

/** A session with a context chart. */
async function newestSession(): Promise<string> {
  const admin = createFleetbeat({ baseUrl: server.url, key: server.adminKey });
  const { sessions } = await admin.sessions.list({ programId: 'builder', limit: 1 });
  return `/sessions/${sessions[0]?.sessionId}`;
}
