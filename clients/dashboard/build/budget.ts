/** Refuses a build whose first load is too heavy for a phone. */
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Everything that the page needs before it can be used, compressed, in bytes. */
const FIRST_LOAD = 60_000;
/** All of the application: every page, however it is reached. */
const ALL = 200_000;

export const budget = (): Plugin => ({
  name: 'fleetbeat:budget',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const first = new Set<string>();
      const follow = (name: string): void => {
        if (first.has(name)) return;
        first.add(name);
        const chunk = bundle[name];
        if (chunk?.type !== 'chunk') return;
        chunk.imports.forEach(follow);
        for (const style of chunk.viteMetadata?.importedCss ?? []) first.add(style);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && chunk.isEntry) follow(chunk.fileName);
      }
      const weight = (names: Iterable<string>) =>
        [...names].reduce((sum, name) => {
          const file = bundle[name];
          return sum + (file ? gzipSync(file.type === 'chunk' ? file.code : file.source).length : 0);
        }, 0);
      const weights = { first: weight(first), all: weight(Object.keys(bundle)) };
      this.info(`first load ${weights.first} bytes, all ${weights.all} bytes (gzip)`);
      if (weights.first > FIRST_LOAD)
        this.error(`The first load has ${weights.first} bytes; ${FIRST_LOAD} are allowed.`);
      if (weights.all > ALL) this.error(`The application has ${weights.all} bytes; ${ALL} are allowed.`);
    },
  },
});
