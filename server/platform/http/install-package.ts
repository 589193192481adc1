/**
 * Serves the command `fleetbeat` as a package of npm: `npx -y <server>/install/fleetbeat-<version>.tgz connect …` works on every
 * machine that reaches this server. It needs no key: it holds none, and a machine that is not connected yet has none.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

/** `dist/install`, seen from the sources and from the build. */
function findFolder(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); folder !== dirname(folder); folder = dirname(folder)) {
    for (const found of [join(folder, 'install'), join(folder, 'dist', 'install')]) if (existsSync(found)) return found;
  }
  return null;
}

/** Handles what lies in the folder and passes on everything else. npm asks again by ETag. */
export function installPackage(): RequestHandler {
  const folder = findFolder();
  if (folder === null) return (_request, _response, next) => next();
  return express.static(folder, { index: false, redirect: false, cacheControl: false, dotfiles: 'ignore' });
}
