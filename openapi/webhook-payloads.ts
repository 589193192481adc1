/** Adds the `webhooks` section: for every type of event the request that a receiver gets, derived from the schemas of events. */
import { type Document, type JsonSchema, resolveRef } from './operations.ts';

type Schemas = Record<string, JsonSchema>;
interface ObjectSchema {
  readonly description?: string;
  readonly properties: Schemas;
  readonly required: readonly string[];
}

/** Changes the document in place, and returns it. */
export function addWebhooks(document: Document): Document {
  const { schemas } = document['components'] as { schemas: Schemas };
  const events = (schemas['FleetEvent'] as { oneOf: readonly { $ref: string }[] }).oneOf;
  const sections = events.map((event) => {
    const name = `${event.$ref.replace(/^.*\//, '')}Delivery`;
    const { types, payload } = toPayload(document, resolveRef<JsonSchema>(document, event) as never);
    schemas[name] = payload;
    return types.map((type) => [type, toRequest(type, name, String(payload['description']))] as const);
  });
  schemas['WebhookTestDelivery'] = TEST_PAYLOAD;
  sections.push([[TEST_TYPE, toRequest(TEST_TYPE, 'WebhookTestDelivery', TEST_PAYLOAD.description)]]);
  return Object.assign(document, { webhooks: Object.fromEntries(sections.flat()) });
}

const TEST_TYPE = 'webhook.test';
const TIMESTAMP = { type: 'string', format: 'date-time', maxLength: 40, description: 'When it happened.' };

const TEST_PAYLOAD = {
  type: 'object',
  description: 'Somebody tries the webhook (testWebhook).',
  required: ['type', 'timestamp', 'data'],
  properties: {
    type: { type: 'string', enum: [TEST_TYPE], description: 'What happened.' },
    timestamp: TIMESTAMP,
    data: {
      type: 'object',
      description: 'The webhook.',
      required: ['webhookId'],
      properties: { webhookId: { $ref: '#/components/schemas/WebhookId' } },
    },
  },
};

/** Standard Webhooks asks for type, timestamp and data; what else an event has comes first in its data. */
function toPayload(document: Document, event: ObjectSchema) {
  const { type, sequence, programId, sessionId, data } = event.properties;
  const details = resolveRef<JsonSchema>(document, data as JsonSchema) as unknown as ObjectSchema;
  const payload: JsonSchema = {
    type: 'object',
    description: event.description,
    required: ['type', 'timestamp', 'data'],
    properties: {
      type,
      timestamp: TIMESTAMP,
      data: {
        type: 'object',
        description: details.description,
        required: ['sequence', 'programId', 'sessionId', ...details.required],
        properties: { sequence, programId, sessionId, ...details.properties },
      },
    },
  };
  return { types: (type as { enum: readonly string[] }).enum, payload };
}

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', maxLength: 1000 },
});
const HEADERS = [
  header('webhook-id', 'The id of the delivery, the same in every attempt.'),
  header('webhook-timestamp', 'When the attempt was signed, in seconds since 1970.'),
  header('webhook-signature', 'Signatures with the secrets of the webhook (Standard Webhooks), separated by spaces.'),
];

const toPascalCase = (type: string): string =>
  type.replace(/(?:^|[.-])([a-z])/g, (_match, letter: string) => letter.toUpperCase());

const toRequest = (type: string, schema: string, description: string) => ({
  post: {
    operationId: `receive${toPascalCase(type)}`,
    tags: ['Webhooks'],
    summary: `Receive ${type}.`,
    description: description.trim(),
    security: [],
    parameters: HEADERS,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
    },
    responses: {
      '2XX': { description: 'It was received. The body is not read.' },
      '410': { description: 'The receiver wants no more: the webhook is disabled.' },
      default: { description: 'It was not received, and is sent again later.' },
    },
  },
});
