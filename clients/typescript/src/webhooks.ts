/** The receiving end of webhooks: `import { verifyWebhook } from '@fleetbeat/client/webhooks'`. Nothing else of the client. */
import type { components } from './generated/types.js';

type Schemas = components['schemas'];

/** What a webhook receives. `type` narrows it: after `event.type === 'session.stale'`, `event.data` is a session. */
export type WebhookPayload = Extract<
  Schemas[Extract<keyof Schemas, `${string}EventDelivery` | 'WebhookTestDelivery'>],
  { readonly type: string }
>;

/** A delivery as a server without `Request` has it. The body has to be the raw text or bytes: JSON that was parsed differs. */
export interface RawWebhook {
  readonly body: string | Uint8Array;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface VerifyOptions {
  /** How old, or how far ahead, a delivery may be, in seconds; 300 by default. An old one may be a replay. */
  readonly toleranceSeconds?: number;
  /** The time in milliseconds since 1970, for tests. */
  readonly now?: number;
}

/** The request is no delivery of this webhook: answer it with 400 and do nothing. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused';
}

/**
 * The event of a delivery, verified by Standard Webhooks: `await verifyWebhook(request, process.env.WEBHOOK_SECRET)`.
 * Rejects with `WebhookRefused` when signature or age are wrong. `secret` is the `whsec_…` that `webhooks.create` returned.
 */
export async function verifyWebhook(
  source: Request | RawWebhook,
  secret: string | undefined,
  { toleranceSeconds = 300, now = Date.now() }: VerifyOptions = {},
): Promise<WebhookPayload> {
  if (!secret) throw new TypeError('There is no secret: pass the whsec_… that webhooks.create returned');
  const body = await readBody(source);
  const getHeader = (name: string) => readHeader(source.headers, name);
  const [id, timestamp] = [getHeader('webhook-id'), getHeader('webhook-timestamp')];
  if (!(Math.abs(now / 1_000 - Number(timestamp || Number.NaN)) <= toleranceSeconds))
    throw new WebhookRefused(
      `The delivery was not signed within ${toleranceSeconds} seconds: ${timestamp || 'no time'}`,
    );
  const signed = concat(new TextEncoder().encode(`${id}.${timestamp}.`), body);
  const key = await importKey(secret);
  for (const signature of getHeader('webhook-signature').split(' ')) {
    const [version, encoded = ''] = signature.split(',');
    const mac = version === 'v1' ? fromBase64(encoded) : null;
    // In constant time.
    if (mac && (await crypto.subtle.verify('HMAC', key, mac, signed)))
      return JSON.parse(new TextDecoder().decode(body)) as WebhookPayload;
  }
  throw new WebhookRefused('The signature is not one of this body by this secret. Was the body parsed before?');
}

const readBody = async (source: Request | RawWebhook): Promise<Uint8Array> => {
  const body = 'arrayBuffer' in source ? await source.arrayBuffer() : source.body;
  return typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
};

function readHeader(headers: RawWebhook['headers'], name: string): string {
  if (typeof headers['get'] === 'function') return (headers as Headers).get(name) ?? '';
  const entry = Object.entries(headers).find(([each]) => each.toLowerCase() === name);
  return String(entry?.[1] ?? '');
}

async function importKey(secret: string) {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (!bytes) throw new TypeError('The secret is no whsec_… of a webhook');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length);
  joined.set(first);
  joined.set(second, first.length);
  return joined;
}
