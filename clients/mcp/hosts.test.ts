import { describe, expect, test } from 'vitest';
import { walkSchema } from '../../test/support/schemas.ts';
import manifest from './tools.json' with { type: 'json' };

type Schema = Readonly<Record<string, unknown>>;
interface HostLimits {
  /** With the prefix by which the host tells servers apart. */
  readonly qualified: (tool: string) => string;
  readonly name: RegExp;
  readonly property: RegExp;
  readonly maxTools: number;
  readonly maxDescriptionLength: number;
  /** Keywords that make it refuse the tool, or the whole request. */
  readonly rejectedKeywords: readonly string[];
  /** `type: [a, null]` is refused. */
  readonly singleTypeOnly: boolean;
}

const anyOfThree = ['anyOf', 'oneOf', 'allOf'];

/** What each host has published, or what its users have found out the hard way. The strictest of them is our rule. */
const HOSTS: Readonly<Record<string, HostLimits>> = {
  'Claude Code and the Claude API': {
    qualified: (tool) => `mcp__fleetbeat__${tool}`,
    name: /^[a-zA-Z0-9_-]{1,64}$/,
    property: /^[a-zA-Z0-9_.-]{1,64}$/,
    maxTools: 128,
    maxDescriptionLength: 2_048,
    rejectedKeywords: ['$ref', '$defs', ...anyOfThree],
    singleTypeOnly: false,
  },
  'OpenAI and Codex': {
    qualified: (tool) => `mcp__fleetbeat__${tool}`,
    name: /^[a-zA-Z0-9_-]{1,64}$/,
    property: /^[a-zA-Z0-9_.-]{1,64}$/,
    maxTools: 128,
    maxDescriptionLength: 1_024,
    rejectedKeywords: ['$ref', ...anyOfThree, 'not', 'patternProperties'],
    singleTypeOnly: false,
  },
  'Gemini and Gemini CLI': {
    qualified: (tool) => `fleetbeat__${tool}`,
    name: /^[a-zA-Z_][a-zA-Z0-9_.-]{0,62}$/,
    property: /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/,
    maxTools: 128,
    maxDescriptionLength: 1_024,
    rejectedKeywords: [
      '$ref',
      '$defs',
      '$schema',
      'const',
      'not',
      ...anyOfThree,
      'patternProperties',
      'propertyNames',
      'format',
    ],
    singleTypeOnly: true,
  },
  Cursor: {
    qualified: (tool) => `fleetbeat:${tool}`,
    name: /^.{1,60}$/,
    property: /^[a-zA-Z0-9_.-]{1,64}$/,
    maxTools: 40,
    maxDescriptionLength: 1_024,
    rejectedKeywords: ['$ref', ...anyOfThree],
    singleTypeOnly: false,
  },
  'VS Code': {
    qualified: (tool) => `mcp_fleetbeat_${tool}`,
    name: /^[\w-]{1,64}$/,
    property: /^[a-zA-Z0-9_.-]{1,64}$/,
    maxTools: 128,
    maxDescriptionLength: 1_024,
    rejectedKeywords: ['$ref', ...anyOfThree],
    singleTypeOnly: false,
  },
};

describe.each(Object.entries(HOSTS))('%s', (_host, limits) => {
  test('accepts the number of tools', () => {
    expect(manifest.tools.length).toBeLessThanOrEqual(limits.maxTools);
  });

  test.each(manifest.tools)('accepts $name', ({ name, description, inputSchema }) => {
    expect(limits.qualified(name)).toMatch(limits.name);
    expect(description.length).toBeLessThanOrEqual(limits.maxDescriptionLength);
    expect(inputSchema.type).toBe('object');
    for (const { at, schema } of walkSchema(inputSchema, name)) {
      for (const keyword of limits.rejectedKeywords) expect(schema, at).not.toHaveProperty([keyword]);
      if (limits.singleTypeOnly) expect(schema['type'], at).toEqual(expect.any(String));
      for (const property of propertyNames(schema)) expect(property, at).toMatch(limits.property);
    }
  });
});

test.each(manifest.tools)(
  '$name says of every value what it is, and of every list what is in it',
  ({ inputSchema }) => {
    for (const { at, schema } of walkSchema(inputSchema, 'input')) {
      expect(schema['type'], at).toMatch(/^(string|number|integer|boolean|object|array)$/);
      if (schema['type'] === 'array') expect(schema, at).toHaveProperty('items.type');
      const required = (schema['required'] ?? []) as readonly string[];
      expect(propertyNames(schema), at).toEqual(expect.arrayContaining([...required]));
      for (const choice of (schema['enum'] ?? []) as readonly unknown[]) expect(choice, at).toEqual(expect.any(String));
    }
  },
);

const propertyNames = (schema: Schema): string[] => Object.keys((schema['properties'] ?? {}) as object);
