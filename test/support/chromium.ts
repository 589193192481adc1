/** The Chromium that the browser tests drive: the machine's own, or one that is got for it. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { DEFAULT_PROGRAM_FOLDERS, findPrograms, installWithApt } from './find-mysql.ts';

const PROGRAM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MACOS_FOLDERS = ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS`);
const TEN_MINUTES_MS = 600_000;
const HELP = `What you can do:
  Debian           apt-get install chromium (as root)
  Ubuntu, Fedora   install Google Chrome, or chromium, so that one of ${PROGRAM_NAMES.join(', ')} is on the PATH
  macOS            brew install --cask google-chrome
  elsewhere        npx playwright-core install --with-deps chromium`;

/**
 * The path of a Chromium or Chrome. The first that is there of: one on the PATH; Debian's package, installed by apt;
 * Playwright's own, which it downloads. When there is none, the error tells what was tried and what to do.
 */
export async function obtainChromium(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const folders = [
    ...(env['PATH'] ?? '').split(delimiter).filter(Boolean),
    ...DEFAULT_PROGRAM_FOLDERS,
    ...MACOS_FOLDERS,
  ];
  const installed = () => findPrograms(folders, [...PROGRAM_NAMES, 'Google Chrome', 'Chromium'])[0];
  const tried = [`${PROGRAM_NAMES.join(', ')}: not in ${[...new Set(folders)].join(', ')}`];
  const found = installed() ?? ((await installWithApt(env, tried, ['chromium'])) ? installed() : undefined);
  if (found !== undefined) return found;
  const own = chromium.executablePath();
  if (findPrograms([dirname(own)], [own.slice(dirname(own).length + 1)]).length > 0) return own;
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
  const failure = await getRunError(process.execPath, [cli, 'install', 'chromium'], env);
  if (failure === null) return own;
  tried.push(`playwright-core install chromium: ${failure}`);
  throw new Error(`No Chromium for the browser tests. Tried:\n- ${tried.join('\n- ')}\n${HELP}`);
}

const getRunError = (program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(program, args, { env, timeout: TEN_MINUTES_MS }, (error, _stdout, stderr) =>
      resolve(error && (stderr.trim().split('\n').at(-1) || error.message)),
    );
  });
