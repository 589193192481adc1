/** Reads the complete body of a request. */
import type { IncomingMessage } from 'node:http';
import { Fault } from '../faults.ts';

/**
 * Resolves with the whole body, or with null when the client disconnected before its end; such a request must not be
 * processed. Express's parser (`body-parser`) would continue without the body then, and also after a mere half-close.
 * Rejects with `body-too-large` as soon as the limit is exceeded; Node discards the rest as it arrives.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const rejectAsTooLarge = () =>
      reject(new Fault('body-too-large', `A body may have at most ${formatSize(maxBytes)} here.`));
    if (Number(request.headers['content-length']) > maxBytes) return rejectAsTooLarge();
    if (request.destroyed) return resolve(null);
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= maxBytes) return;
      chunks.length = 0;
      request.off('data', onData).resume();
      rejectAsTooLarge();
    };
    request.on('data', onData);
    request.once('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

const formatSize = (bytes: number): string => (bytes < 2 ** 20 ? `${bytes / 1024} kB` : `${bytes / 2 ** 20} MB`);
