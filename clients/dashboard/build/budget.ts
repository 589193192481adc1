/** Fails the build when the first load is too large for a phone. */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Compressed bytes of everything that the page needs before it can be used. */
const MAX_FIRST_LOAD_BYTES = 60_000;
/** Compressed bytes of the whole application. */
const MAX_TOTAL_BYTES = 200_000;

export const budget = (): Plugin => ({
  name: 'fleetbeat:budget',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const first = new Set<string>();
      const visit = (name: string): void => {
        if (first.has(name)) return;
        first.add(name);
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk') return;
        chunk.imports.forEach(visit);
        for (const style of chunk.viteMetadata?.importedCss ?? []) first.add(style);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry) visit(chunk.fileName);
      }
      const gzipSize = (names: Iterable<string>) =>
        [...names].reduce((sum, name) => {
          const file = bundle[name];
          return sum + (file ? gzipSync(file.type === 'chunk' ? file.code : file.source).length : 0);
        }, 0);
      const weights = { first: gzipSize(first), all: gzipSize(Object.keys(bundle)) };
      this.info(`first load ${weights.first} bytes, all ${weights.all} bytes (gzip)`);
      if (weights.first > MAX_FIRST_LOAD_BYTES)
        this.error(`The first load has ${weights.first} bytes; ${MAX_FIRST_LOAD_BYTES} are allowed.`);
      if (weights.all > MAX_TOTAL_BYTES)
        this.error(`The application has ${weights.all} bytes; ${MAX_TOTAL_BYTES} are allowed.`);
    },
  },
});
