/** Gets the package of a server's own version from the server. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseTarGzip } from 'nanotar';
import { EXIT, Failure } from '../exit.ts';

const TIMEOUT_MS = 60_000;
/** The package has about 2 MB. */
const MAX_BYTES = 50_000_000;
/** Of an npm package only these parts are kept; no path leads out of them. */
const KEPT_FILE = /^package\/((?:bin|dist)\/(?:[\w.-]+\/)*[\w.-]+)$/;

/** Resolves with a function that writes the files into a folder. Throws a `Failure`. */
export async function downloadPackage(url: string, version: string): Promise<(folder: string) => void> {
  const address = `${url.replace(/\/$/, '')}/install/fleetbeat-${version}.tgz`;
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Failure(`${address} answers ${response.status}`, EXIT.failed);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > MAX_BYTES) throw new Failure(`${address} is larger than the package can be`, EXIT.failed);
  const files = (await parseTarGzip(bytes)).flatMap(({ name, type, data }) => {
    const [, path] = KEPT_FILE.exec(name) ?? [];
    const isPlain = type === 'file' && path !== undefined && !path.split('/').some((part) => /^\.+$/.test(part));
    return isPlain && data ? [{ path, data }] : [];
  });
  if (!files.some(({ path }) => path === 'bin/fleetbeat.js'))
    throw new Failure(`${address} is no package of fleetbeat`, EXIT.failed);
  return (folder) => {
    for (const { path, data } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), data, { mode: path.startsWith('bin/') ? 0o755 : 0o644 });
    }
  };
}
