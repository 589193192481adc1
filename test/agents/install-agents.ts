/** Gets the pinned agents from the registry, beside the project and not into it: they are 760 MB. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../.cache/agents', import.meta.url));
const INSTALL_TIMEOUT_MS = 300_000;

/** The folder with their programs, and the version of each. Throws when the registry does not give them. */
export function installAgents(): { readonly bin: string; readonly versions: Readonly<Record<string, string>> } {
  mkdirSync(FOLDER, { recursive: true });
  const lockFile = fileURLToPath(new URL('package-lock.json', import.meta.url));
  const installed = join(FOLDER, 'package-lock.json');
  const isInstalled =
    existsSync(join(FOLDER, 'installed')) && readFileSync(installed, 'utf8') === readFileSync(lockFile, 'utf8');
  if (!isInstalled) install(lockFile, installed);
  const { dependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  return { bin: join(FOLDER, 'node_modules/.bin'), versions: dependencies };
}

function install(lockFile: string, installed: string): void {
  copyFileSync(lockFile, installed);
  copyFileSync(fileURLToPath(new URL('package.json', import.meta.url)), join(FOLDER, 'package.json'));
  const options = { cwd: FOLDER, stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS } as const;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], options);
  // The one install script that is needed: it puts the program of this platform in its place.
  execFileSync(process.execPath, [join(FOLDER, 'node_modules/@anthropic-ai/claude-code/install.cjs')], options);
  execFileSync('touch', [join(FOLDER, 'installed')]);
}
