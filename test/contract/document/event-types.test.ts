/** What an event is has one name, `type`, in streams, webhooks and filters, so that one reader understands each of them. */
import { expect, test } from 'vitest';
import type { JsonSchema } from '../../../openapi/operations.ts';
import { contract, operations } from '../../../server/platform/contract.ts';
import { inlineRefs, walkAllSchemas } from '../../support/schemas.ts';

const { schemas } = contract['components'] as { schemas: { EventType: { enum: readonly string[] } } };
const types = new Set([...schemas.EventType.enum, 'webhook.test']);
const isOfEvents = (values: unknown): boolean => Array.isArray(values) && values.every((value) => types.has(value));

test('whatever says what an event is is called type', () => {
  const places = [...walkAllSchemas()].filter(({ schema }) => isOfEvents(schema['enum']));
  expect(places.length).toBeGreaterThan(20);
  expect(places.map(({ at }) => at).filter((at) => !/\/(properties\/type|schemas\/EventType)$/.test(at))).toEqual([]);
});

test('whatever selects events by what they are is called types', () => {
  const stream = operations.find(({ operationId }) => operationId === 'streamEvents');
  expect(stream?.parameters.map(({ name }) => name)).toContain('types');
  const selects = (schema: JsonSchema) => isOfEvents((inlineRefs(schema)['items'] as JsonSchema | undefined)?.['enum']);
  const places = [...walkAllSchemas()].filter(({ at, schema }) => at.includes('/properties/') && selects(schema));
  expect(places.length).toBeGreaterThan(3);
  expect(places.map(({ at }) => at).filter((at) => !at.endsWith('/properties/types'))).toEqual([]);
});

test('the webhooks section has a request for each type, which says it', () => {
  const { webhooks } = contract as unknown as { webhooks: Record<string, unknown> };
  expect(Object.keys(webhooks).toSorted()).toEqual([...types].toSorted());
});
