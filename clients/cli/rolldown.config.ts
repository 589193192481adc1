/** One folder of modules: what every command needs, and a chunk for each command. Dependencies are bundled. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  cwd: here('.'),
  input: 'src/main.ts',
  platform: 'node',
  resolve: { alias: { '@fleetbeat/client': here('../typescript/src/index.ts') } },
  output: { dir: 'dist', format: 'esm', cleanDir: true },
});
