import { expect, test } from 'vitest';
import { describeProperties, nameSchemas } from './readable-types.ts';

const schemas = {
  Name: { type: 'string', description: 'A name.' },
  Thing: { type: 'object', properties: { name: { $ref: '#/components/schemas/Name' }, size: { type: 'integer' } } },
  Other: {
    type: 'object',
    properties: { name: { $ref: '#/components/schemas/Name', description: 'The name of the other.' } },
  },
};
const document = {
  paths: {
    '/things': {
      get: { schema: { $ref: '#/components/schemas/Thing' }, examples: { one: { value: { name: 'A', size: 2 } } } },
    },
  },
  components: { schemas },
};

test('a property says what it refers to, its own text first, with the example of a whole response', () => {
  const before = structuredClone(document);
  const { Thing, Other } = (describeProperties(document) as unknown as typeof document).components.schemas;
  const allOf = [{ $ref: '#/components/schemas/Name' }];
  expect(Thing.properties).toEqual({
    name: { allOf, description: 'A name.', example: 'A' },
    size: { type: 'integer', example: 2 },
  });
  expect(Other.properties).toEqual({ name: { allOf, description: 'The name of the other.' } });
  expect(document).toEqual(before);
});

test('each schema is an exported type, and is referred to by its name', () => {
  const types = `export interface paths {
    "/things": components["schemas"]["Thing"];
}
export interface components {
    schemas: {
        /** @description A name. */
        Name: string;
        ThingId: string;
        Thing: {
            thingId: components["schemas"]["ThingId"];
            /** @description A name. */
            name?: components["schemas"]["Name"];
        };
    };
    responses: never;
}
`;
  expect(nameSchemas(types)).toBe(`export interface paths {
    "/things": Thing;
}
declare const idKind: unique symbol;
/**
 * The id of something. Any text can be one, for example from a setting; but the id of one thing is not accepted as the id of
 * another.
 */
export type Id<Kind extends string> = string & { readonly [idKind]?: Kind };
/** @description A name. */
export type Name = string;
export type ThingId = Id<"ThingId">;
export type Thing = {
    thingId: ThingId;
    /** @description A name. */
    name?: Name;
};
export interface components {
    schemas: {
        Name: Name;
        ThingId: ThingId;
        Thing: Thing;
    };
    responses: never;
}
`);
});
