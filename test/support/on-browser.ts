import type { TestProject } from 'vitest/node';
import { obtainChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the Chromium that the tests drive. */
    chromium: string;
  }
}

/** The tests of this run drive a real browser; their servers use SQLite. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('databaseServer', 'sqlite');
  project.provide('chromium', await obtainChromium());
}
