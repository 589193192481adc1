/** The scripts and styles of the API reference, from the package that this server ships with. */
import express, { type RequestHandler, Router } from 'express';
// The package's own entry loads all of the reference's script into this process.
import absolutePath from 'swagger-ui-dist/absolute-path.js';
import { PROBLEM_STYLE, REFERENCE_START, REFERENCE_STYLE } from '../../domains/about/pages.ts';

export function referenceAssets(): RequestHandler {
  const assets = Router();
  assets.get('/start.js', (_request, response) => void response.type('text/javascript').send(REFERENCE_START));
  assets.get('/page.css', (_request, response) => void response.type('text/css').send(REFERENCE_STYLE));
  assets.get('/problem.css', (_request, response) => void response.type('text/css').send(PROBLEM_STYLE));
  assets.use(express.static(absolutePath(), { index: false, fallthrough: true, maxAge: '1d' }));
  return assets;
}
