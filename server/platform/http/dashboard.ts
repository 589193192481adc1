/** Serves the dashboard at `/`: the build of clients/dashboard, with the same HTML for each of its routes. */
import { fileURLToPath } from 'node:url';
import type { Request, RequestHandler, Response } from 'express';
import { type BuiltFile, readBuild } from './built-files.ts';

/** First path segments of the dashboard's pages. Must match clients/dashboard/src/routes.ts. */
export const DASHBOARD_PAGES = new Set([
  '',
  'audit',
  'connect',
  'consent',
  'keys',
  'messages',
  'programs',
  'sessions',
  'settings',
  'tasks',
  'webhooks',
]);

/** The dashboard's build, relative to this file in the sources and in the server's build. */
const BUILD_FOLDERS = ['../../../clients/dashboard/dist/', '../../../../clients/dashboard/dist/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

const PREFERRED_ENCODINGS = ['br', 'gzip'];
const CACHE_IMMUTABLE = 'public, max-age=31536000, immutable';

/** Handles requests for the dashboard's pages and files; passes everything else on. */
export function dashboard(folders: readonly string[] = BUILD_FOLDERS): RequestHandler {
  // Read on first use, so that a build made after the start is served too.
  let files: ReadonlyMap<string, BuiltFile> | null = null;
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const isPage =
      DASHBOARD_PAGES.has(request.path.split('/')[1] ?? '') && request.accepts(['json', 'html']) === 'html';
    files ??= folders.map(readBuild).find((found) => found !== null) ?? null;
    const file = isPage ? files?.get('/index.html') : files?.get(request.path);
    if (file) return send(file, request, response);
    if (isPage) return void response.status(503).type('text/html').send(NOT_BUILT_PAGE);
    next();
  };
}

function send({ type, etag, bodies }: BuiltFile, request: Request, response: Response): void {
  response.set({
    'Content-Type': type,
    'Cache-Control': request.path.startsWith('/assets/') ? CACHE_IMMUTABLE : 'no-cache',
    ETag: etag,
    Vary: 'Accept, Accept-Encoding',
  });
  if (request.fresh) return void response.status(304).end();
  // Our own order, smallest first: most browsers list gzip first without preferring it.
  const encoding =
    PREFERRED_ENCODINGS.find((each) => bodies.has(each) && request.acceptsEncodings([each])) ?? 'identity';
  const body = bodies.get(encoding) ?? bodies.get('identity');
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response.set('Content-Length', String(body?.length ?? 0));
  response.end(request.method === 'HEAD' ? undefined : body);
}

const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fleetbeat</title></head>
<body>
<h1>The dashboard is not built</h1>
<p>Run <code>make build</code> in the folder of this server, then load this page again. The API works without it.</p>
<p><a href="/docs">API reference</a></p>
</body>
</html>
`;
