/** Gets the pinned tools from the registry, beside the project and not into it: they are a gigabyte. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../.cache/foreign', import.meta.url));
const INSTALL_TIMEOUT_MS = 300_000;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The folder that the tools are installed in. Throws when the registry does not give them. */
export function installTools(): string {
  mkdirSync(FOLDER, { recursive: true });
  const installed = join(FOLDER, 'package-lock.json');
  const isInstalled =
    existsSync(join(FOLDER, 'installed')) &&
    readFileSync(installed, 'utf8') === readFileSync(here('package-lock.json'), 'utf8');
  for (const name of ['package.json', 'package-lock.json', 'mcp-clients.mjs', 'kubb.config.mjs'])
    copyFileSync(here(name), join(FOLDER, name));
  if (isInstalled) return FOLDER;
  const options = { cwd: FOLDER, stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS } as const;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], options);
  execFileSync('touch', [join(FOLDER, 'installed')]);
  return FOLDER;
}
