/**
 * Reads a small public document over HTTPS, such as the metadata of an OAuth client: whoever asks to be let in chooses the
 * address, so the guard of the webhooks decides about it, on the address that is connected to.
 */
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { SECOND } from '../../platform/clock.ts';
import { HostResolver } from './host-resolver.ts';
import { createLookup, requireStillAllowed } from './ssrf-guard.ts';

const TIMEOUT_MS = 5 * SECOND;
const MAX_BYTES = 16 * 1024;
/** Lookups for callers without an account share one place among those of the accounts. */
const OWNER = 'oauth';
/** Never a private address, whatever webhooks may do: those are registered by admins, this is asked for by anybody. */
const POLICY = { allowPrivate: false, ports: [] };

interface TestOptions {
  readonly allowPrivate?: boolean;
  readonly ports?: readonly number[];
  readonly ca?: string;
  readonly servername?: string;
  readonly timeoutMs?: number;
}

/**
 * A GET in the form of `fetch`: follows no redirect, reads at most 16 kB within 5 seconds. Rejects for anything else. The
 * options are for tests, whose servers are on this machine.
 */
export function createGuardedFetch(
  version: string,
  { ca, servername, timeoutMs = TIMEOUT_MS, ...policy }: TestOptions = {},
): (address: string | URL) => Promise<Response> {
  const options = { ...POLICY, ...policy, resolver: new HostResolver(false) };
  const trust = { ...(ca !== undefined && { ca }), ...(servername !== undefined && { servername }) };
  const headers = { accept: 'application/json', 'user-agent': `Fleetbeat/${version}` };
  return async (address) => {
    const url = new URL(address);
    if (url.protocol !== 'https:') throw new Error('The document must be at https://.');
    requireStillAllowed(url, options);
    const lookup = createLookup(url, OWNER, options);
    return new Promise((resolve, reject) => {
      const request = requestHttps(url, { headers, agent: false, lookup, ...trust });
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
        request.destroy();
      };
      const timer = setTimeout(() => fail(new Error('The document did not arrive in time.')), timeoutMs);
      request.on('error', fail).on('close', () => fail(new Error('The connection was closed.')));
      request.on('response', (response) => {
        readWhole(response).then((body) => {
          clearTimeout(timer);
          resolve(toResponse(response, body));
        }, fail);
      });
      request.end();
    });
  };
}

async function readWhole(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`The document has more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A Response may have no other status than these two, and every one but 200 is refused. */
const toResponse = ({ statusCode, headers }: IncomingMessage, body: Buffer): Response =>
  new Response(new Uint8Array(body), {
    status: statusCode === 200 ? 200 : 502,
    headers: headers['cache-control'] === undefined ? {} : { 'cache-control': headers['cache-control'] },
  });
