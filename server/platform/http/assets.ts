/** The scripts and styles of the API reference: the package's, and those of our own pages. */
import express, { type RequestHandler, Router } from 'express';
// The package's own entry loads all of the reference's script into this process.
import absolutePath from 'swagger-ui-dist/absolute-path.js';

/** A small script or style of our own pages, served from memory. */
export interface Asset {
  /** Relative to the folder: `/page.css`. */
  readonly path: string;
  readonly type: 'text/javascript' | 'text/css';
  readonly text: string;
}

export function referenceAssets(own: readonly Asset[]): RequestHandler {
  const assets = Router();
  for (const { path, type, text } of own) assets.get(path, (_request, response) => void response.type(type).send(text));
  assets.use(express.static(absolutePath(), { index: false, fallthrough: true, maxAge: '1d' }));
  return assets;
}
