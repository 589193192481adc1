/**
 * One folder of modules: what every command needs, and a chunk for each command. Dependencies are bundled. What agents call as a hook is CommonJS,
 * because Node starts it without its loader of ES modules, which is a tenth of a hook's time.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig, type RolldownOptions } from 'rolldown';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const shared: RolldownOptions = {
  cwd: here('.'),
  platform: 'node',
  // jsonc-parser's other form calls require in a way that no bundler sees.
  resolve: {
    mainFields: ['module', 'main'],
    alias: { '@fleetbeat/client': here('../typescript/src/index.ts'), '@fleetbeat/mcp': here('../mcp/src/bridge.ts') },
  },
};

/** Built in this order: the first cleans the folder. */
export default defineConfig([
  {
    ...shared,
    input: { main: 'src/main.ts', 'hook-sender': 'src/hook/sender.ts' },
    output: { dir: 'dist', format: 'esm', cleanDir: true },
  },
  {
    ...shared,
    input: { hook: 'src/hook/main.ts' },
    output: { dir: 'dist', format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'hook-[name]-[hash].cjs' },
  },
]);
