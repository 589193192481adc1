/** Builds the service worker as one file with a fixed URL, and injects the list of the application's files. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const INSTALL_ICONS = /-512\.png$/;
const OUTPUT_FILE = 'service-worker.js';

export function serviceWorker(source: string): Plugin {
  let publicFiles = '';
  return {
    name: 'fleetbeat:service-worker',
    apply: 'build',
    configResolved({ publicDir }) {
      publicFiles = publicDir;
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const page = bundle['index.html'];
        const copied = readdirSync(publicFiles);
        const hash = createHash('sha256').update(page?.type === 'asset' ? page.source : '');
        for (const name of copied) hash.update(readFileSync(join(publicFiles, name)));
        const built = Object.keys(bundle).filter((name) => name !== 'index.html');
        // Only the system asks for these, while it installs the app: the page itself works offline without them.
        const offline = copied.filter((name) => !INSTALL_ICONS.test(name));
        const files = ['/index.html', ...[...built, ...offline].map((name) => `/${name}`).sort()];
        this.emitFile({
          type: 'asset',
          fileName: OUTPUT_FILE,
          source: await buildWorker(source, { version: hash.digest('hex').slice(0, 12), files }),
        });
      },
    },
  };
}

async function buildWorker(source: string, precache: object): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { __PRECACHE__: JSON.stringify(precache) },
    build: { write: false, target: 'es2022', rollupOptions: { input: source, output: { format: 'es' } } },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk' || chunk.imports.length > 0) throw new Error('The service worker must be one file.');
  return chunk.code;
}
