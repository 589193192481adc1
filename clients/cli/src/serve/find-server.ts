/** Where the server's build is. The package that a server hands out has none: whoever only connects agents need not install one. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names in package.json: that of a clone, and that of the package that `make package` writes. */
const PACKAGES = ['@fleetbeat/server', 'fleetbeat'];

/** The file that starts the server of the clone or package that `from` lies in; null when there is none. */
export function findServer(from: string): string | null {
  const file = fileURLToPath(from);
  for (let folder = dirname(file); folder !== parse(folder).root; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    const main = join(folder, 'dist', 'server', 'main.js');
    if (existsSync(main) && existsSync(manifest) && PACKAGES.includes(JSON.parse(readFileSync(manifest, 'utf8')).name))
      return main;
  }
  return null;
}
