/** The fast tests of the files that Stryker changes. They need nothing that is built. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));

export default defineConfig({
  root,
  resolve: {
    alias: {
      '@fleetbeat/client': `${root}clients/typescript/src/index.ts`,
      '@fleetbeat/mcp': `${root}clients/mcp/src/bridge.ts`,
    },
  },
  test: { include: ['{server,openapi,clients/typescript,clients/cli}/**/*.test.ts'], isolate: false },
});
