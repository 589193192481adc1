/** Serves pages that are rendered at the server, besides those of operations. */
import { posix } from 'node:path';
import type { RequestHandler } from 'express';

export interface SitePage {
  readonly type: string;
  readonly body: string | Buffer;
}

/** The page at a path, or null. */
export type FindPage = (path: string, query: URLSearchParams) => SitePage | null;

/** Links of pages are relative, so that they work below a path of a proxy; with a slash at its end a page would have other ones. */
const WITH_SLASH = /^\/(guide|docs)(\/.*)?\/$/;

/** Handles GET and HEAD for the pages; passes everything else on. */
export const sitePages =
  (find: FindPage): RequestHandler =>
  (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const { path } = request;
    if (WITH_SLASH.test(path)) return response.redirect(308, `../${posix.basename(path)}`);
    const page = find(path, new URL(request.url, 'http://server').searchParams);
    if (!page) return next();
    response.set('Cache-Control', 'no-cache').type(page.type).send(page.body);
  };
