/** The bytes of a body: all of them, or none. */
import type { IncomingMessage } from 'node:http';
import { Fault } from '../faults.ts';

/**
 * Resolves with the whole body, or with null when its sender went away before its end was read: such a request goes no
 * further. Express's own parser (`body-parser`) goes on without the body then, and also when the sender has only closed its
 * half of the connection. Rejects with `body-too-large` as soon as it is known; Node discards the rest as it arrives.
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new Fault('body-too-large', `A body may have at most ${formatSize(most)} here.`));
    if (Number(request.headers['content-length']) > most) return refuse();
    if (request.destroyed) return resolve(null);
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= most) return;
      chunks.length = 0;
      request.off('data', take).resume();
      refuse();
    };
    request.on('data', take);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

const formatSize = (bytes: number): string => (bytes < 2 ** 20 ? `${bytes / 1024} kB` : `${bytes / 2 ** 20} MB`);
