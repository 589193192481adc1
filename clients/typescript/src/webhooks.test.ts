import { Webhook } from 'standardwebhooks';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { verifyWebhook, type WebhookPayload, WebhookRefused } from './webhooks.ts';

const secret = `whsec_${Buffer.from('a secret of thirty-two characters').toString('base64')}`;
const now = Date.parse('2026-02-24T10:30:00.000Z');
const body = JSON.stringify({
  type: 'session.stale',
  timestamp: '2026-02-24T10:30:00.000Z',
  data: { name: 'Größe 😀' },
});

const sign = (text = body, by = secret, at = now) => ({
  'webhook-id': 'msg_1',
  'webhook-timestamp': String(at / 1_000),
  'webhook-signature': new Webhook(by).sign('msg_1', new Date(at), text),
});

describe('a delivery is accepted', () => {
  test('as a Request', async () => {
    const request = new Request('http://localhost', { method: 'POST', body, headers: sign() });
    const event = await verifyWebhook(request, secret, { now });
    if (event.type === 'session.stale') expectTypeOf(event.data.successor).toEqualTypeOf<string | null>();
    expect(event).toEqual(JSON.parse(body));
  });

  test.each([
    ['text and an object, as Node has them', body, { ...sign(), host: 'localhost', cookie: ['a', 'b'] }],
    ['bytes and Headers', new TextEncoder().encode(body), new Headers(sign())],
    ['text with headers in other letters', body, { ...sign(), 'Webhook-Id': 'msg_1' }],
  ])('as %s', async (_form, raw, headers) => {
    expect(await verifyWebhook({ body: raw, headers }, secret, { now })).toEqual(JSON.parse(body));
  });

  test('by the second of two signatures, while a secret is being replaced', async () => {
    const older = sign(body, `whsec_${Buffer.from('an older secret').toString('base64')}`);
    const headers = {
      ...sign(),
      'webhook-signature': `v1a,x ${older['webhook-signature']} ${sign()['webhook-signature']}`,
    };
    expect(await verifyWebhook({ body, headers }, secret, { now })).toEqual(JSON.parse(body));
  });
});

describe('a delivery is refused', () => {
  test.each([
    ['with another body', { body: `${body} `, headers: sign() }],
    ['by another secret', { body, headers: sign(body, `whsec_${Buffer.from('another').toString('base64')}`) }],
    ['that is six minutes old', { body, headers: sign(body, secret, now - 360_000) }],
    ['of a time six minutes ahead', { body, headers: sign(body, secret, now + 360_000) }],
    ['without headers', { body, headers: {} }],
    ['with a signature that is none', { body, headers: { ...sign(), 'webhook-signature': 'v1,%%% v1 nothing' } }],
    ['with the id of another', { body, headers: { ...sign(), 'webhook-id': 'msg_2' } }],
  ])('%s', async (_what, delivery) => {
    await expect(verifyWebhook(delivery, secret, { now })).rejects.toBeInstanceOf(WebhookRefused);
  });

  test('without a secret, as a mistake of the receiver', async () => {
    await expect(verifyWebhook({ body, headers: sign() }, undefined)).rejects.toThrow(TypeError);
    await expect(verifyWebhook({ body, headers: sign() }, 'whsec_%%%', { now })).rejects.toThrow('no whsec_');
  });

  test('types name every type of event', () => {
    expectTypeOf<'webhook.test' | 'task.created' | 'question.answered'>().toExtend<WebhookPayload['type']>();
  });
});
