/** Gets the pinned tools from the registry, beside the project and not into it: they are a gigabyte. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../.cache', import.meta.url));
const INSTALL_TIMEOUT_MS = 300_000;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** The folder that the tools of the contract and MCP clients are installed in. Throws when the registry does not give them. */
export const installTools = (): string =>
  install('.', 'foreign', ['package.json', 'package-lock.json', 'mcp-clients.mjs', 'kubb.config.mjs']);

/** The folder that runtimes, compilers and test runners are installed in. Throws when the registry does not give them. */
export function installRuntimes(): string {
  const machine = `${process.platform}-${process.arch}`;
  if (machine !== 'linux-x64') throw new Error(`The runtimes are pinned for linux-x64, and this is ${machine}`);
  return install('client', 'foreign-client', ['package.json', 'package-lock.json']);
}

function install(source: string, target: string, files: readonly string[]): string {
  const folder = join(CACHE, target);
  mkdirSync(folder, { recursive: true });
  const installed = join(folder, 'package-lock.json');
  const isInstalled =
    existsSync(join(folder, 'installed')) &&
    readFileSync(installed, 'utf8') === readFileSync(here(`${source}/package-lock.json`), 'utf8');
  for (const name of files) copyFileSync(here(`${source}/${name}`), join(folder, name));
  if (isInstalled) return folder;
  const options = { cwd: folder, stdio: 'inherit', timeout: INSTALL_TIMEOUT_MS } as const;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], options);
  execFileSync('touch', [join(folder, 'installed')]);
  return folder;
}
