/** The typed client's tarball on the runtimes, compilers and test runners that people use it with. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFleetbeat } from '../../clients/typescript/src/index.ts';
import { type ConsumerProject, installPackedClient } from '../support/packed-client.ts';
import { type Check, runProgram } from './tool.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const FILES = ['use.mjs', 'use.ts', 'agent.mjs', 'unit-test.cjs', 'unit-test.mjs'];
const EXAMPLE = '../../clients/typescript/examples/ai-sdk.ts';

/** `tools` is the folder in which the runtimes are installed. */
export function createClientChecks(tools: string): {
  readonly checks: Readonly<Record<string, Check>>;
  remove(): void;
} {
  const consumer = installPackedClient();
  const { folder } = consumer;
  for (const name of FILES) copyFileSync(here(`client/${name}`), join(folder, name));
  copyFileSync(here(EXAMPLE), join(folder, 'ai-sdk.ts'));
  for (const name of ['ai', 'zod', 'vitest'])
    symlinkSync(join(tools, 'node_modules', name), join(folder, 'node_modules', name));
  // Deno resolves from node_modules what package.json lists.
  const dependencies = { '@fleetbeat/client': '*', 'openapi-fetch': '*', 'eventsource-parser': '*' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', dependencies }));
  const program = (path: string) => join(tools, 'node_modules', path);
  const checks = {
    [`Node ${process.versions.node.split('.')[0]} (client)`]: runsOn(consumer, process.execPath),
    'Node 22 (client)': runsOn(consumer, program('node-22/bin/node')),
    'Node 24 (client)': runsOn(consumer, program('node-24/bin/node')),
    'Bun (client)': runsOn(consumer, program('@oven/bun-linux-x64/bin/bun')),
    'Deno (client)': runsOn(
      consumer,
      program('@deno/linux-x64-glibc/deno'),
      'run',
      '--allow-net',
      '--allow-env',
      '--node-modules-dir=manual',
    ),
    'Jest, modules and CommonJS (client)': jest(consumer, program('jest/bin/jest.js')),
    'vitest (client)': vitest(consumer, program('vitest/vitest.mjs'), program('node-22/bin/node')),
    'AI SDK (client)': aiSdk(consumer, program('node-22/bin/node'), program('typescript-5.8/bin/tsc')),
    ...Object.fromEntries(
      ['5.2', '5.4', '5.8', '6', '7'].map((version) => [
        `TypeScript ${version} (client)`,
        compiles(consumer, program(`typescript-${version}/bin/tsc`), Number(version) < 5.5),
      ]),
    ),
  };
  return { checks, remove: () => consumer.remove() };
}

/** Accepts connections and never answers. */
async function startSilentServer() {
  const server = createServer((socket) => socket.on('error', () => undefined).resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

const runsOn =
  ({ folder }: ConsumerProject, runtime: string, ...options: readonly string[]): Check =>
  async ({ url, adminKey }) => {
    const silent = await startSilentServer();
    try {
      const programId = `runtime-${runtime.split('/').at(-1)}-${Math.random().toString(36).slice(2)}`;
      const { key } = await createFleetbeat({ baseUrl: url, key: adminKey }).keys.create({ programId });
      const output = await runProgram(folder, runtime, [...options, 'use.mjs', url, key, silent.url]);
      if (!output.includes('8 of 8')) throw new Error(output);
      return output.trim();
    } finally {
      silent.close();
    }
  };

const jest =
  ({ folder }: ConsumerProject, program: string): Check =>
  async () => {
    const config = {
      rootDir: folder,
      testMatch: ['**/unit-test.*'],
      testEnvironment: 'node',
      transform: {},
      haste: { enableSymlinks: true },
      watchman: false,
    };
    const moduleFileExtensions = ['js', 'mjs', 'cjs', 'json', 'node'];
    const file = join(folder, 'jest.config.json');
    writeFileSync(file, JSON.stringify({ ...config, moduleFileExtensions }));
    await runProgram(folder, process.execPath, ['--experimental-vm-modules', program, '--config', file]);
    return 'the fake server in both';
  };

const vitest =
  ({ folder }: ConsumerProject, program: string, node: string): Check =>
  async () => {
    const options = [
      'run',
      '--globals',
      '--root',
      folder,
      '--dir',
      folder,
      'unit-test.mjs',
      '--config',
      'vitest.config.mjs',
    ];
    writeFileSync(join(folder, 'vitest.config.mjs'), "export default { test: { include: ['unit-test.mjs'] } };");
    await runProgram(folder, node, [program, ...options]);
    return 'the fake server';
  };

const compiles =
  ({ folder }: ConsumerProject, program: string, skipLibCheck: boolean): Check =>
  async () => {
    const base = {
      strict: true,
      target: 'es2022',
      lib: ['es2022', 'dom', 'esnext.disposable'],
      types: ['node'],
      noEmit: true,
    };
    const modes = {
      node16: ['node16', 'node16'],
      nodenext: ['nodenext', 'nodenext'],
      bundler: ['esnext', 'bundler'],
    } as const;
    for (const [name, [module, moduleResolution]] of Object.entries(modes)) {
      const file = join(folder, `tsconfig.${program.replace(/\W/g, '')}.${name}.json`);
      const compilerOptions = { ...base, skipLibCheck, module, moduleResolution };
      writeFileSync(file, JSON.stringify({ compilerOptions, files: ['use.ts'] }));
      await runProgram(folder, process.execPath, [program, '-p', file]);
    }
    return Object.keys(modes).join(', ');
  };

const aiSdk =
  ({ folder }: ConsumerProject, node: string, compiler: string): Check =>
  async ({ url, adminKey }) => {
    const options = [
      '--strict',
      '--target',
      'es2022',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      '--skipLibCheck',
      '--noEmit',
    ];
    await runProgram(folder, process.execPath, [compiler, ...options, '--types', 'node', 'ai-sdk.ts']);
    const { key } = await createFleetbeat({ baseUrl: url, key: adminKey }).keys.create({ programId: 'ai-sdk' });
    const env = { ...process.env, FLEETBEAT_URL: url, FLEETBEAT_KEY: key };
    const child = spawn(node, ['agent.mjs', url, adminKey, 'ai-sdk'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await once(child, 'close');
    const expected = {
      text: 'The login stays',
      heard: true,
      lastTask: 'The login stays',
      state: 'complete',
      contextBytes: 48_000,
    };
    if (output.trim() !== JSON.stringify(expected)) throw new Error(`It says ${output}`);
    return 'a scripted model asks a person, and goes by the answer';
  };
