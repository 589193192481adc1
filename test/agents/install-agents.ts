/** Gets the pinned agents from the registry, beside the project and not into it: they are 760 MB. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
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
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(FOLDER, 'package.json'), 'utf8'));
  return { bin: join(FOLDER, 'node_modules/.bin'), versions: { ...dependencies, ...optionalDependencies } };
}

function install(lockFile: string, installed: string): void {
  copyFileSync(lockFile, installed);
  copyFileSync(fileURLToPath(new URL('package.json', import.meta.url)), join(FOLDER, 'package.json'));
  const options = { cwd: FOLDER, stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS } as const;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], options);
  // The one install script that is needed: it puts the program of this platform in its place.
  execFileSync(process.execPath, [join(FOLDER, 'node_modules/@anthropic-ai/claude-code/install.cjs')], options);
  linkOpencode();
  execFileSync('touch', [join(FOLDER, 'installed')]);
}

/**
 * The package of opencode itself depends on those of all platforms, and not all of them can be had; that of this platform is its program
 * and names none. It is optional, since npm refuses it elsewhere.
 */
function linkOpencode(): void {
  const program = join(FOLDER, 'node_modules/opencode-linux-x64/bin/opencode');
  const link = join(FOLDER, 'node_modules/.bin/opencode');
  rmSync(link, { force: true });
  if (existsSync(program)) symlinkSync(program, link);
  else console.log('\n!!! NOT RUN: opencode. Its package is for Linux on x64 only');
}
