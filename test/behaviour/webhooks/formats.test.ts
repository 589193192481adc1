/** Webhooks in the forms of chats and notification services: each request as its documentation has it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Schemas } from '../../../clients/typescript/src/index.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const SOON = { timeout: 30_000, interval: 10 };
const PUBLIC_URL = 'https://fleet.example';

let receiver: WebhookReceiver;
const server = useTestServer({
  environment: { FLEETBEAT_WEBHOOKS_EVERY: '20ms', FLEETBEAT_PUBLIC_URL: PUBLIC_URL },
});
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(() => receiver.close());

type Format = Schemas['WebhookFormat'];

/** What a receiver at `path` gets of a question whose title tries to be markup. */
async function receiveQuestion(format: Format, path: string) {
  const { client } = await server.createAccount('unlimited');
  const { key } = await client.keys.create({ programId: 'builder' });
  const url = new URL(path, receiver.url).href;
  const webhook = await client.webhooks.create({ url, types: ['question.asked'], format });
  const agent = server.client(key);
  const { sessionId } = await agent.sessions.create({ name: 'Release' });
  await agent.questions.ask({ title: '*Ship* <!channel> & @everyone?' });
  await expect.poll(() => receiver.received.length, SOON).toBe(1);
  const [delivery] = receiver.received;
  expect(delivery?.headers['content-type']).toBe('application/json');
  return {
    client,
    webhook,
    url: delivery?.url,
    headers: delivery?.headers,
    body: delivery?.body,
    link: `${PUBLIC_URL}/sessions/${sessionId}`,
  };
}

test('Slack gets a text and blocks, in which an agent can neither format nor call people', async () => {
  const { url, body, headers, link } = await receiveQuestion('slack', '/services/T000/B000/XXXX');
  expect(url).toBe('/services/T000/B000/XXXX');
  expect(body).toEqual({
    text: 'builder asks a question',
    blocks: [
      {
        type: 'section',
        text: { type: 'plain_text', text: 'builder asks a question\n*Ship* <!channel> & @everyone?' },
      },
      { type: 'section', text: { type: 'mrkdwn', text: `<${link}|Open in Fleetbeat>` } },
    ],
  });
  expect(headers).not.toHaveProperty('webhook-signature');
});

test('Discord gets content that mentions nobody', async () => {
  const { url, body, link } = await receiveQuestion('discord', '/api/webhooks/1/token');
  expect(url).toBe('/api/webhooks/1/token');
  expect(body).toEqual({
    content: `builder asks a question\n\\*Ship\\* <!channel\\> & @everyone?\n${link}`,
    allowed_mentions: { parse: [] },
  });
});

test('ntfy gets JSON at its root, with the topic of the URL, a priority and what a tap opens', async () => {
  const { url, body, link } = await receiveQuestion('ntfy', '/my-fleet?auth=QmVhcmVyIHRr');
  expect(url).toBe('/?auth=QmVhcmVyIHRr');
  expect(body).toEqual({
    topic: 'my-fleet',
    title: 'builder asks a question',
    message: '*Ship* <!channel> & @everyone?',
    priority: 4,
    click: link,
  });
});

test('Telegram gets the chat of the URL and plain text', async () => {
  const { url, body, link } = await receiveQuestion('telegram', '/bot123:ABC/sendMessage?chat_id=-100200');
  expect(url).toBe('/bot123:ABC/sendMessage');
  expect(body).toEqual({
    chat_id: '-100200',
    text: `builder asks a question\n*Ship* <!channel> & @everyone?\n${link}`,
    link_preview_options: { is_disabled: true },
  });
});

test('a test delivery has the form too, and the form of a webhook is shown and stays', async () => {
  const { client, webhook } = await receiveQuestion('ntfy', '/my-fleet');
  expect(webhook.format).toBe('ntfy');
  await client.webhooks.test(webhook.webhookId);
  expect(receiver.received[1]?.body).toMatchObject({ topic: 'my-fleet', title: 'Fleetbeat can reach you' });
  const change = client.webhooks.update(webhook.webhookId, { url: new URL('/too/deep', receiver.url).href });
  await expect(change).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/url' }] } });
  expect((await client.webhooks.create({ url: receiver.url, types: ['task.created'] })).format).toBe('standard');
});

test.each([
  ['ntfy', '/'],
  ['telegram', '/bot123:ABC/sendMessage'],
  ['telegram', '/hook?chat_id=1'],
] as const)('a URL that %s cannot be sent to is refused: %s', async (format, path) => {
  const url = new URL(path, receiver.url).href;
  const create = server.admin.webhooks.create({ url, types: ['question.asked'], format });
  await expect(create).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/url' }] } });
});
