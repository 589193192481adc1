import { expect, test } from 'vitest';
import type { JsonSchema } from '../../../openapi/operations.ts';
import { operations } from '../../../server/platform/contract.ts';
import { hasType, inlineRefs, walkAllSchemas, walkSchema } from '../../support/schemas.ts';

const all = [...walkAllSchemas()];

/** The places of schemas of these types that lack a required keyword. */
const findIncomplete = (types: string[], isComplete: (schema: JsonSchema) => boolean): string[] =>
  all.filter(({ schema }) => hasType(schema, ...types) && !isComplete(schema)).map(({ at }) => at);

test('the walk finds the schemas of the contract', () => {
  expect(all.length).toBeGreaterThan(100);
});

test('every string has a maximum length, a format or an enum', () => {
  expect(
    findIncomplete(['string'], (each) => ['maxLength', 'enum', 'format', 'const'].some((word) => word in each)),
  ).toEqual([]);
});

test('every array has a maximum length and an item schema', () => {
  expect(findIncomplete(['array'], (each) => 'maxItems' in each && 'items' in each)).toEqual([]);
});

test('every number has a minimum and a maximum', () => {
  const isBounded = (each: JsonSchema) => ('minimum' in each && 'maximum' in each) || 'enum' in each || 'const' in each;
  expect(findIncomplete(['number', 'integer'], isBounded)).toEqual([]);
});

test('no integer exceeds what JSON parsers represent exactly', () => {
  expect(findIncomplete(['integer'], ({ maximum = 0 }) => Number.isSafeInteger(maximum))).toEqual([]);
});

test('every free-form object limits the number of its fields and the length of their names', () => {
  const isFree = (each: JsonSchema) =>
    each['additionalProperties'] !== undefined && each['additionalProperties'] !== false;
  expect(findIncomplete(['object'], (each) => !isFree(each) || 'maxProperties' in each)).toEqual([]);
});

test('every pattern is a regular expression in Unicode mode', () => {
  const patterns = all.flatMap(({ schema }) => (schema['pattern'] === undefined ? [] : String(schema['pattern'])));
  expect(patterns).not.toHaveLength(0);
  for (const pattern of patterns) expect(() => new RegExp(pattern, 'u')).not.toThrow();
});

test('a request body refuses unknown fields, except in deliberately free-form maps', () => {
  const open = operations.flatMap(({ operationId, body }) =>
    [...walkSchema(inlineRefs(body?.schema ?? {}), operationId)]
      .filter(({ schema }) => hasType(schema, 'object') && schema['additionalProperties'] !== false)
      .filter(({ schema }) => !(schema['additionalProperties'] !== undefined && 'maxProperties' in schema))
      .map(({ at }) => at),
  );
  expect(open).toEqual([]);
});

test('free-form maps exist only for content that users define', () => {
  const free = operations.flatMap(({ operationId, body }) =>
    [...walkSchema(inlineRefs(body?.schema ?? {}), operationId)]
      .filter(({ schema }) => schema['additionalProperties'] === true)
      .map(({ at }) => at),
  );
  const written = 'updateProgramState/properties/config/properties';
  const imported = 'importState/properties/document/properties/config/properties';
  const maps = [written, imported].flatMap((config) => [`${config}/toolPreferences`, `${config}/customSettings`]);
  expect(free.toSorted()).toEqual(maps.toSorted());
});

test.each(operations.filter((each) => each.operationId.startsWith('list')))(
  '$operationId answers its things and where the next page starts',
  ({ path, operationId, responses, parameters }) => {
    const schema = inlineRefs(responses['200']?.content?.['application/json']?.schema ?? {});
    const [things = '', ...rest] = schema['required'] as string[];
    expect(rest).toEqual(['nextCursor']);
    // The list is named as the path's last plural: /v1/messages/sent lists messages.
    const camelCase = path.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
    expect(camelCase.split('/')).toContain(things);
    expect(
      operationId.toLowerCase().startsWith('list') && operationId.toLowerCase().endsWith(things.toLowerCase()),
    ).toBe(true);
    const { [things]: list, nextCursor, ...others } = schema['properties'] as Record<string, JsonSchema>;
    expect(others).toEqual({});
    expect(list).toMatchObject({ type: 'array', maxItems: 50 });
    expect(nextCursor).toMatchObject({ type: ['string', 'null'] });
    expect(parameters.map((each) => each.name)).toEqual(expect.arrayContaining(['limit', 'cursor']));
  },
);
