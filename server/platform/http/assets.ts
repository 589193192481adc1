/** The scripts and styles of the API reference: those of swagger-ui, and our own. */
import express, { type RequestHandler, Router } from 'express';
// The package's main entry would load the whole browser bundle into this process.
import absolutePath from 'swagger-ui-dist/absolute-path.js';

/** A small script or stylesheet of our own pages, served from memory. */
export interface Asset {
  /** Relative to where the assets are mounted, for example `/page.css`. */
  readonly path: string;
  readonly type: 'text/javascript' | 'text/css';
  readonly text: string;
}

/** The files of swagger-ui that the reference loads. Its package has more: its own page, source maps, build reports. */
const SWAGGER_FILES = ['/swagger-ui.css', '/swagger-ui-bundle.js'];

/** Serves our own assets from memory, and those of swagger-ui from its package. */
export function referenceAssets(own: readonly Asset[]): RequestHandler {
  const assets = Router();
  for (const { path, type, text } of own) assets.get(path, (_request, response) => void response.type(type).send(text));
  const swagger = express.static(absolutePath(), { index: false, fallthrough: true, maxAge: '1d' });
  assets.get(SWAGGER_FILES, swagger);
  return assets;
}
