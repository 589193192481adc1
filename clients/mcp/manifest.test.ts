import { specTypeSchemas } from '@modelcontextprotocol/client';
import { ToolSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, test } from 'vitest';
import manifest from './tools.json' with { type: 'json' };

/** What the hosts of the large model providers accept, prefix included. */
const PORTABLE_NAME = /^[a-z][a-z0-9_]{0,39}$/;

test.each(manifest.tools)(
  '$name is a tool as the official SDKs define one',
  async ({ toolset, byDefault, operationId, roles, http, ...tool }) => {
    const verdict = await specTypeSchemas.Tool['~standard'].validate(tool);
    expect(verdict.issues).toBeUndefined();
    expect(ToolSchema.strict().safeParse(tool).error).toBeUndefined();
    expect([toolset, byDefault, operationId, roles, http]).not.toContain(undefined);
  },
);

test.each(manifest.tools)(
  '$name can be offered by every host',
  ({ name, title, description, inputSchema, annotations }) => {
    expect(name).toMatch(PORTABLE_NAME);
    expect([title, description].every((text) => text.length > 0)).toBe(true);
    expect(Object.keys(inputSchema).sort()).toEqual(['additionalProperties', 'properties', 'required', 'type']);
    expect(JSON.stringify(inputSchema)).not.toContain('"$ref"');
    expect(annotations).toEqual({
      readOnlyHint: expect.any(Boolean),
      destructiveHint: expect.any(Boolean),
      idempotentHint: expect.any(Boolean),
      openWorldHint: false,
    });
  },
);

test.each(manifest.tools)('$name binds every argument to one place in its request', ({ http, inputSchema }) => {
  expect(http.arguments.map((binding) => binding.argument)).toEqual(Object.keys(inputSchema.properties));
  const inPath = http.arguments.filter((binding) => binding.in === 'path').map((binding) => binding.name);
  expect(http.path.match(/(?<=\{)\w+(?=\})/g) ?? []).toEqual(inPath);
});

test('the six tools of the specification have exactly its names', () => {
  const names = manifest.tools.map((tool) => tool.name);
  const six = [
    'create_session',
    'update_session',
    'list_sessions',
    'get_fleet_health',
    'get_program_state',
    'update_program_state',
  ];
  expect(names).toEqual(expect.arrayContaining(six));
  expect(new Set(names).size).toBe(names.length);
});
