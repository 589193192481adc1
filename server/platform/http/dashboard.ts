/** The dashboard at `/`: the build of clients/dashboard, with the same page for each of its addresses. */
import { fileURLToPath } from 'node:url';
import type { Request, RequestHandler, Response } from 'express';
import { type BuiltFile, readBuild } from './built-files.ts';

/** First parts of the paths that are pages of the dashboard, as clients/dashboard/src/routes.ts has them. */
export const DASHBOARD_PAGES = new Set([
  '',
  'audit',
  'connect',
  'keys',
  'messages',
  'programs',
  'sessions',
  'settings',
  'tasks',
  'webhooks',
]);

/** From the sources of this server and from its build: where the dashboard's build lies. */
const FOLDERS = ['../../../clients/dashboard/dist/', '../../../../clients/dashboard/dist/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

const PREFERRED_ENCODINGS = ['br', 'gzip'];
const CACHE_IMMUTABLE = 'public, max-age=31536000, immutable';

/** Answers for the pages and the files of the dashboard, and lets everything else pass. */
export function dashboard(folders: readonly string[] = FOLDERS): RequestHandler {
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
  // The smallest that the browser takes; most browsers name gzip first and mean nothing by it.
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
