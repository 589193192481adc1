/** `make version VERSION=x.y.z`: writes the version to every place that is written by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { setVersion, VERSIONED_FILES } from './version.ts';

const resolveFromRoot = (path: string): URL => new URL(`../${path}`, import.meta.url);
const [version = ''] = process.argv.slice(2);
const files = Object.fromEntries(VERSIONED_FILES.map((path) => [path, readFileSync(resolveFromRoot(path), 'utf8')]));
try {
  const edited = setVersion(files, version, new Date().toISOString().slice(0, 10));
  for (const [path, text] of Object.entries(edited)) writeFileSync(resolveFromRoot(path), text);
  console.log(`${VERSIONED_FILES.length} files have the version ${version}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
