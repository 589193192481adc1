/** What the package `fleetbeat` says of itself: its manifest, and which files are in it. Pure. */

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly engines: object;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** No scripts: nothing runs at an installation. */
export const buildManifest = ({ version, license, engines, dependencies }: Manifest) => ({
  name: 'fleetbeat',
  version,
  description: 'Live status, memory and messages for fleets of AI coding agents: server, dashboard and command line',
  keywords: ['agents', 'claude-code', 'codex', 'gemini-cli', 'cursor', 'mcp', 'dashboard', 'heartbeat'],
  license,
  type: 'module',
  engines,
  bin: { fleetbeat: 'clients/cli/bin/fleetbeat.js' },
  exports: { './package.json': './package.json' },
  dependencies,
});

/** Source maps and records of the build stay out. */
export const isPacked = (path: string): boolean => !/\.map$|\/\.built$|\/\.DS_Store$/.test(path);
