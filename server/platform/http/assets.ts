/** The scripts and styles of the pages that this server renders. */
import { type RequestHandler, Router } from 'express';

/** A small script or stylesheet of our own pages, served from memory. */
export interface Asset {
  /** Relative to where the assets are mounted, for example `/page.css`. */
  readonly path: string;
  readonly type: 'text/javascript' | 'text/css';
  readonly text: string;
}

export function pageAssets(assets: readonly Asset[]): RequestHandler {
  const router = Router();
  for (const { path, type, text } of assets)
    router.get(path, (_request, response) => void response.type(type).send(text));
  return router;
}
