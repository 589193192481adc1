/** Loads a build's files into memory. They are few and small, and serving them then needs no disk access. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

export interface BuiltFile {
  readonly type: string;
  readonly etag: string;
  /** By Content-Encoding; `identity` is the uncompressed file. */
  readonly bodies: ReadonlyMap<string, Buffer>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSED = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** Every file in the folder that may be served, by its URL path (`/assets/index-1a2b.js`); null when there is no build. */
export function readBuild(folder: string): ReadonlyMap<string, BuiltFile> | null {
  if (!existsSync(join(folder, 'index.html'))) return null;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
  return new Map(
    names.flatMap((name) => {
      const type = TYPES[extname(name)];
      return type === undefined ? [] : [[`/${name}`, readFile(join(folder, name), type)] as const];
    }),
  );
}

function readFile(path: string, type: string): BuiltFile {
  const body = readFileSync(path);
  const bodies = new Map([['identity', body]]);
  for (const [encoding, ending] of COMPRESSED) {
    if (existsSync(path + ending)) bodies.set(encoding, readFileSync(path + ending));
  }
  return { type, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`, bodies };
}
