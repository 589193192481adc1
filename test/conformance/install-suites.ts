/** Installs the official suite and the Node that it needs, outside of the project's node_modules. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const CONFORMANCE_FOLDER = fileURLToPath(new URL('../../.cache/conformance', import.meta.url));
/** The suite needs this version; the project runs on older ones. */
const NODE_MAJOR = 22;

/** The best release of the suite for each generation of the protocol. */
const RELEASES = { '2025-11-25': '0.1.16', '2026-07-28': '0.2.0-alpha.12' } as const;
export type Revision = keyof typeof RELEASES;

const isNewEnough = Number(process.versions.node.split('.')[0]) >= NODE_MAJOR;
const platformNode = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

export interface Suite {
  readonly revision: Revision;
  readonly node: string;
  readonly script: string;
}

/** Throws when the registry does not provide it. */
export function installSuites(): Suite[] {
  const aliases = Object.entries(RELEASES).map(([revision, release]) => [
    `conformance-${revision}`,
    `npm:@modelcontextprotocol/conformance@${release}`,
  ]);
  const wanted = Object.fromEntries([...aliases, ...(isNewEnough ? [] : [[platformNode, String(NODE_MAJOR)]])]);
  mkdirSync(CONFORMANCE_FOLDER, { recursive: true });
  writeFileSync(join(CONFORMANCE_FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
  const there = Object.keys(wanted).every((name) => existsSync(join(CONFORMANCE_FOLDER, 'node_modules', name)));
  if (!there) {
    const npmArguments = [
      'install',
      '--no-audit',
      '--no-fund',
      '--no-package-lock',
      '--ignore-scripts',
      '--loglevel=error',
    ];
    execFileSync('npm', npmArguments, { cwd: CONFORMANCE_FOLDER, stdio: 'inherit' });
  }
  const node = isNewEnough ? process.execPath : join(CONFORMANCE_FOLDER, 'node_modules', platformNode, 'bin', 'node');
  return (Object.keys(RELEASES) as Revision[]).map((revision) => ({
    revision,
    node,
    script: join(CONFORMANCE_FOLDER, 'node_modules', `conformance-${revision}`, 'dist', 'index.js'),
  }));
}
