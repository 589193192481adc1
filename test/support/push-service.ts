/** A push service and the browser behind it: takes notifications as the RFCs have them, and decrypts them with the browser's own keys. */
import { createDecipheriv, createECDH, type ECDH, hkdfSync, randomBytes, verify, webcrypto } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Schemas } from '../../clients/typescript/src/index.ts';
import { randomName } from './test-server.ts';

type Subscription = Schemas['PushSubscriptionCreate'];

export interface BrowserKeys {
  readonly ecdh: ECDH;
  readonly auth: Buffer;
}

export function generateBrowserKeys(): BrowserKeys {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return { ecdh, auth: randomBytes(16) };
}

export const toPublicKeys = ({ ecdh, auth }: BrowserKeys): Subscription['keys'] => ({
  p256dh: ecdh.getPublicKey('base64url'),
  auth: auth.toString('base64url'),
});

/** A subscription to which nothing can be sent. */
export const buildPushSubscription = (change: Partial<Subscription> = {}): Subscription => ({
  endpoint: `http://127.0.0.1:1025/${randomName('browser')}`,
  keys: toPublicKeys(generateBrowserKeys()),
  types: ['question.asked'],
  ...change,
});

/** Decrypts the body of a push message as RFC 8188 and RFC 8291 have it. Throws for one that is for another browser. */
export function decryptPush(body: Buffer, { ecdh, auth }: BrowserKeys): string {
  const salt = body.subarray(0, 16);
  const senderEnd = 21 + (body[20] ?? 0);
  const sender = body.subarray(21, senderEnd);
  const keyInfo = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const secret = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, keyInfo, 32));
  const derive = (info: string, length: number) => Buffer.from(hkdfSync('sha256', secret, salt, info, length));
  const key = derive('Content-Encoding: aes128gcm\0', 16);
  const decipher = createDecipheriv('aes-128-gcm', key, derive('Content-Encoding: nonce\0', 12));
  decipher.setAuthTag(body.subarray(-16));
  const record = Buffer.concat([decipher.update(body.subarray(senderEnd, -16)), decipher.final()]);
  const end = record.lastIndexOf(2);
  if (end < 0 || record.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('The padding is wrong.');
  return record.subarray(0, end).toString();
}

/** The claims of a VAPID header whose signature is that of the key in it; throws otherwise (RFC 8292). */
export async function verifyVapid(authorization: string) {
  const [, token = '', publicKey = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  const [header = '', claims = '', signature = ''] = token.split('.');
  const point = await webcrypto.subtle.importKey(
    'raw',
    Buffer.from(publicKey, 'base64url'),
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['verify'],
  );
  const jwk = await webcrypto.subtle.exportKey('jwk', point);
  const key = { key: jwk as never, format: 'jwk' as const, dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')))
    throw new Error('The signature is wrong.');
  return { publicKey, claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) };
}

export interface ReceivedPush {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface PushServiceStandIn {
  readonly url: string;
  readonly received: ReceivedPush[];
  respondWith(reply: number | ((response: ServerResponse) => void)): void;
  close(): Promise<void>;
}

export async function startPushService(): Promise<PushServiceStandIn> {
  const received: ReceivedPush[] = [];
  let reply: number | ((response: ServerResponse) => void) = 201;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
      if (typeof reply === 'function') reply(response);
      else response.writeHead(reply).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    respondWith: (next) => {
      reply = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
