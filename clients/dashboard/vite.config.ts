import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { compress } from './build/compress.ts';
import { serviceWorker } from './build/service-worker.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  resolve: { alias: { '@fleetbeat/client': here('../typescript/src/index.ts') } },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The server's Content-Security-Policy allows no inline scripts and no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: here('index.html'),
      // One file for all components: each file costs a kilobyte of headers, and most components are smaller than that. The
      // styles are with them, because those of components must follow the general ones.
      output: { codeSplitting: { groups: [{ name: 'components', test: /\/src\/(components|styles)\// }] } },
    },
  },
  plugins: [serviceWorker(here('src/service-worker/main.ts')), compress(), budget()],
  server: { proxy: { '/v1': 'http://127.0.0.1:8787' } },
});
