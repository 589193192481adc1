/**
 * Writes the packages that npm installs. `dist/install/fleetbeat-<version>.tgz` is the command alone: the server hands it out at
 * /install. `--whole [folder]` writes `fleetbeat-<version>.tgz` instead, into the folder: server, dashboard, guide and command. Needs
 * the builds.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildManifest, isPacked } from './package-contents.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packs a folder as npm would publish it; no script of it runs. */
function pack(folder: string, destination: string): string {
  mkdirSync(destination, { recursive: true });
  const options = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', destination];
  const [packed] = JSON.parse(
    execFileSync('npm', options, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
  return join(destination, packed.filename);
}

function packWhole(destination: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-package-'));
  try {
    for (const path of [...BUILDS, 'docs', ...DOCUMENTS]) {
      if (!existsSync(join(root, path))) throw new Error(`${path} is missing: run make build`);
      cpSync(join(root, path), join(folder, path), { recursive: true, filter: isPacked });
    }
    const manifest = buildManifest(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    return pack(folder, destination);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const BUILDS = ['dist', 'clients/dashboard/dist', 'clients/cli/bin', 'clients/cli/dist'];

/** Beside docs/, as the guide needs them. */
const DOCUMENTS = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'SECURITY.md',
  'CONTRIBUTING.md',
  'ARCHITECTURE.md',
  'clients/typescript/README.md',
  'clients/claude-code/README.md',
];

const [option, destination = root] = process.argv.slice(2);
if (option === '--whole') console.log(packWhole(destination));
else pack(join(root, 'clients/cli'), join(root, 'dist', 'install'));
