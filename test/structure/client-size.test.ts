import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const INDEX = fileURLToPath(new URL('../../clients/typescript/src/index.ts', import.meta.url));
const MAX_BYTES = 8 * 1024;

/**
 * The files that a web page with these imports loads at once. The bundle is for browsers, so an import of a Node module fails
 * the build.
 */
async function findLoadedFiles(code: string) {
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const stdin = { contents: code.replace('@fleetbeat/client', INDEX), resolveDir };
  const options = { bundle: true, splitting: true, minify: true, format: 'esm', platform: 'browser' } as const;
  const { outputFiles, metafile } = await build({
    ...options,
    stdin,
    target: 'es2022',
    outdir: '/',
    write: false,
    metafile: true,
  });
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => ({ path: `/${basename(path)}`, ...output }));
  const eagerFiles = new Set(outputs.filter(({ entryPoint }) => entryPoint === '<stdin>').map(({ path }) => path));
  for (const path of eagerFiles) {
    const imports = outputs.find((each) => each.path === path)?.imports ?? [];
    for (const each of imports) if (each.kind === 'import-statement') eagerFiles.add(`/${basename(each.path)}`);
  }
  const files = outputFiles.filter(({ path }) => eagerFiles.has(path));
  const bytes = files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  return { bytes, text: files.map(({ text }) => text).join('\n'), chunks: outputFiles.length };
}

test('the client adds at most 8 kB to a page, compressed', async () => {
  const { bytes, text, chunks } = await findLoadedFiles("export { createFleetbeat } from '@fleetbeat/client';");
  expect(text).toContain('Idempotency-Key');
  expect(bytes).toBeGreaterThan(4000);
  expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
  // Events, sessions and openapi-fetch are loaded when they are first used.
  expect(chunks).toBeGreaterThan(2);
  expect(text).not.toContain('deepObject');
  expect(text).not.toContain('Last-Event-ID');
  expect(text).not.toContain('nextHeartbeatInSeconds');
});

test('a part of the client leaves the other parts out', async () => {
  const { text } = await findLoadedFiles("export { connect, sessionsApi } from '@fleetbeat/client';");
  expect(text).toContain('/v1/sessions');
  expect(text).not.toMatch(/\/v1\/(tasks|keys|events|programs)/);
});
