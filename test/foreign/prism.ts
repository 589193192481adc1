/** Prism as a proxy in front of the server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Bench } from './tool.ts';

/** It reads the document for a while, on a busy machine for a long one. */
const START_TIMEOUT_MS = 120_000;

export async function startPrism({ folder, url }: Bench): Promise<{ readonly url: string; close(): Promise<void> }> {
  const port = String(await findFreePort());
  const program = join(folder, 'node_modules/@stoplight/prism-cli/dist/index.js');
  const child = spawn(process.execPath, [program, 'proxy', 'openapi.json', url, '--port', port, '--errors'], {
    cwd: folder,
  });
  let output = '';
  const listening = new Promise<void>((resolve, reject) => {
    const timeout = setTimeout(
      () => reject(new Error(`Prism does not start\n${output.slice(-1_000)}`)),
      START_TIMEOUT_MS,
    );
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (!output.includes('Prism is listening')) return;
        clearTimeout(timeout);
        resolve();
      });
    child.once('exit', () => reject(new Error(`Prism ended\n${output.slice(-1_000)}`)));
  });
  const close = async () => {
    const ended = once(child, 'exit');
    if (child.kill('SIGKILL')) await ended;
  };
  await listening.catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, close };
}

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}
