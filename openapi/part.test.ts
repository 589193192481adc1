import { expect, test } from 'vitest';
import document from './generated/openapi.json' with { type: 'json' };
import { type Document, operationsOf } from './operations.ts';
import { partOf } from './part.ts';

const whole = document as unknown as Document;

test('every path stands by itself with what it needs, and says the same as in the whole', () => {
  for (const [path, item] of Object.entries(whole.paths)) {
    const part = partOf(whole, { [path]: item });
    expect(operationsOf(part)).toEqual(operationsOf(whole).filter((operation) => operation.path === path));
  }
});

test('what no path needs is left out, and what stands deep within is kept', () => {
  const components = {
    schemas: { Outer: { items: { $ref: '#/components/schemas/Inner' } }, Inner: { type: 'string' }, Other: {} },
    responses: { Ok: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Outer' } } } } },
    securitySchemes: { key: { type: 'http' } },
  };
  const paths = { '/a': { get: { responses: { 200: { $ref: '#/components/responses/Ok' } } } } };
  const part = partOf({ openapi: '3.1.0', paths: { ...paths, '/b': {} }, components }, paths);
  const { Other: _unused, ...schemas } = components.schemas;
  expect(part).toEqual({ openapi: '3.1.0', paths, components: { ...components, schemas } });
});
