/** Where the version is written, and how it is replaced there. Pure. */

/** The text of each file by its path from the root. */
export type Files = Readonly<Record<string, string>>;

/** Generated files take the version from openapi.yaml: run `make generate` afterwards. */
export const VERSIONED_FILES = [
  'package.json',
  'clients/cli/package.json',
  'clients/dashboard/package.json',
  'clients/mcp/package.json',
  'clients/typescript/package.json',
  'clients/typescript/src/version.ts',
  'clients/claude-code/.claude-plugin/plugin.json',
  'package-lock.json',
  'openapi/openapi.yaml',
  'openapi/server.yaml',
  'CHANGELOG.md',
  'README.md',
  'docs/commands.md',
];

const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** The same files with the new version. Throws when it is no version, or when a file has no place for it. */
export function setVersion(files: Files, version: string, date: string): Files {
  if (!VERSION.test(version)) throw new Error(`VERSION must be like 1.2.3 or 1.2.3-rc.1; it is '${version}'`);
  const { version: previous } = JSON.parse(files['package.json'] ?? '{}') as { version: string };
  if (previous === version) throw new Error(`The version is ${version} already`);
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => {
      const edited = edit(path, text, { previous, version, date });
      if (edited === text) throw new Error(`${path} has no place with the version ${previous}`);
      return [path, edited];
    }),
  );
}

interface Change {
  readonly previous: string;
  readonly version: string;
  readonly date: string;
}

function edit(path: string, text: string, change: Change): string {
  if (path === 'package-lock.json') return editLock(text, change);
  if (path === 'CHANGELOG.md') return editChangelog(text, change);
  const { previous, version } = change;
  const old = previous.replaceAll('.', '\\.');
  // "version": "0.1.0" · "@fleetbeat/client": "0.1.0" · version: 0.1.0 · VERSION = '0.1.0' · install/fleetbeat-0.1.0.tgz
  const place = new RegExp(
    `("version": "|"@fleetbeat/[a-z]+": "|\\bversion: |\\bVERSION = ')${old}(?![\\w.-])|(install/fleetbeat-)${old}(?=\\.tgz)`,
    'g',
  );
  return text.replace(place, `$1$2${version}`);
}

interface LockedPackage {
  version?: string;
  readonly [group: string]: unknown;
}

/** The workspaces' own entries only: a dependency may have the same version by chance. */
function editLock(text: string, { previous, version }: Change): string {
  const lock = JSON.parse(text) as { version: string; packages: Record<string, LockedPackage> };
  lock.version = version;
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path !== '' && !path.startsWith('clients/')) continue;
    entry.version = version;
    for (const group of ['dependencies', 'devDependencies', 'peerDependencies']) {
      const pins = (entry[group] ?? {}) as Record<string, string>;
      for (const name of Object.keys(pins))
        if (name.startsWith('@fleetbeat/') && pins[name] === previous) pins[name] = version;
    }
  }
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** What was unreleased becomes the section of the version. */
const editChangelog = (text: string, { version, date }: Change): string =>
  text.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [${version}] - ${date}\n`);
