/** One folder of modules: what every command needs, and a chunk for each command. Dependencies are bundled. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  cwd: here('.'),
  input: { main: 'src/main.ts', hook: 'src/hook/main.ts', 'hook-sender': 'src/hook/sender.ts' },
  platform: 'node',
  // jsonc-parser's other form calls require in a way that no bundler sees.
  resolve: {
    mainFields: ['module', 'main'],
    alias: { '@fleetbeat/client': here('../typescript/src/index.ts'), '@fleetbeat/mcp': here('../mcp/src/bridge.ts') },
  },
  output: { dir: 'dist', format: 'esm', cleanDir: true },
});
