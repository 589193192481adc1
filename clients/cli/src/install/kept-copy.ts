/**
 * The copy of this program that connections start when it runs from a place that will be gone, such as the cache of npx.
 * Versions lie side by side below ~/.local/share/fleetbeat; the link `current` names one. Hooks start that by Node alone, and an
 * upgrade replaces the link in one step, so no file of an agent changes.
 */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { LaunchCommand } from '../connect/build-hooks.ts';
import { shareFolder } from '../share-folder.ts';
import { VERSION } from '../version.ts';
import { compareVersions } from './compare-versions.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What runs without being installed: npx and npm exec, pnpm dlx, bunx. */
const TEMPORARY = /[\\/](_npx|dlx-[^\\/]*|dlx|bunx-[^\\/]*)[\\/]/;

const versionsFolder = (environment: Environment): string => join(shareFolder(environment), 'versions');
const currentLink = (environment: Environment): string => join(shareFolder(environment), 'current');
const programIn = (folder: string): string => join(folder, 'bin', 'fleetbeat.js');

/** Whether the program at this path will be gone when whoever started it cleans up. */
export const isTemporary = (program: string): boolean => TEMPORARY.test(program) || TEMPORARY.test(realPath(program));

/** How connections start the copy, whether it is there yet or not. */
export const keptCommand = (environment: Environment): LaunchCommand => [
  process.execPath,
  programIn(currentLink(environment)),
];

/** The version that connections start; null when none is kept. */
export function readKeptVersion(environment: Environment): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(currentLink(environment), 'package.json'), 'utf8'));
    return typeof version === 'string' ? version : null;
  } catch {
    return null;
  }
}

/** Keeps a copy of the running program, unless a newer one is kept. */
export function keepRunningProgram(environment: Environment, program: string): void {
  const source = dirname(dirname(realPath(program)));
  keepVersion(environment, VERSION, (folder) => {
    for (const part of ['bin', 'dist'])
      cpSync(join(source, part), join(folder, part), { recursive: true, dereference: true });
  });
}

/**
 * Fills a new folder by `write`, and lets `current` name it unless that names a newer version. The folder of a version is
 * replaced as a whole: a hook that starts meanwhile finds the old one or the new one.
 */
export function keepVersion(environment: Environment, version: string, write: (folder: string) => void): void {
  const kept = readKeptVersion(environment);
  if (kept !== null && compareVersions(kept, version) > 0) return;
  const versions = versionsFolder(environment);
  const draft = join(versions, `.${version}.${process.pid}`);
  mkdirSync(draft, { recursive: true });
  try {
    write(draft);
    writeFileSync(
      join(draft, 'package.json'),
      `${JSON.stringify({ name: 'fleetbeat', version, type: 'module' }, null, 2)}\n`,
    );
    if (!existsSync(programIn(draft))) throw new Error('The package has no bin/fleetbeat.js');
    const folder = uniqueFolder(versions, version);
    renameSync(draft, folder);
    pointCurrentTo(environment, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** The same version may be kept again: a build of a clone changes without its number. */
function uniqueFolder(versions: string, version: string): string {
  for (let count = 1; ; count += 1) {
    const folder = join(versions, count === 1 ? version : `${version}-${count}`);
    if (!existsSync(folder)) return folder;
  }
}

/** Removes the version that was current before: processes that run have loaded what they need, or start anew by the link. */
function pointCurrentTo(environment: Environment, folder: string): void {
  const link = currentLink(environment);
  const before = readLink(link);
  const draft = `${link}.${process.pid}`;
  rmSync(draft, { force: true });
  symlinkSync(folder, draft);
  renameSync(draft, link);
  if (before !== null && before !== folder && dirname(before) === versionsFolder(environment))
    rmSync(before, { recursive: true, force: true });
}

/** Takes away every version. What else lies in the folder, such as a server's data, stays. */
export function removeKeptCopies(environment: Environment): boolean {
  const link = currentLink(environment);
  const isKept = readLink(link) !== null;
  rmSync(link, { force: true });
  rmSync(versionsFolder(environment), { recursive: true, force: true });
  return isKept;
}

function readLink(path: string): string | null {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? readlinkSync(path) : null;
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
