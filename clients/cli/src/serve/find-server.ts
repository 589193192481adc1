/** Where the server's build is. The CLI carries none: whoever only connects agents need not install one. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = '@fleetbeat/server';

/** The file that starts the server: of the clone that this program lies in, or of the package installed beside it; or null. */
export const findServer = (from: string): string | null => findInClone(fileURLToPath(from)) ?? findInstalled(from);

function findInClone(file: string): string | null {
  for (let folder = dirname(file); folder !== parse(folder).root; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).name !== SERVER) continue;
    const main = join(folder, 'dist', 'server', 'main.js');
    return existsSync(main) ? main : null;
  }
  return null;
}

function findInstalled(from: string): string | null {
  try {
    return createRequire(from).resolve(SERVER);
  } catch {
    return null;
  }
}
