import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../../openapi/operations.ts';
import { operations, tools } from '../../../server/platform/contract.ts';
import { walkSchema } from '../../support/schemas.ts';

const SEED = [
  'create_session',
  'update_session',
  'list_sessions',
  'get_fleet_health',
  'get_program_state',
  'update_program_state',
];

const findTool = (name: string) => tools.find((each) => each.tool.name === name)?.tool;
const listProperties = (name: string) => Object.keys((findTool(name)?.inputSchema['properties'] ?? {}) as object);

test('the six operations of the specification are tools with the specified names', () => {
  expect(tools.map((each) => each.tool.name)).toEqual(expect.arrayContaining(SEED));
});

test('a tool has the name of its operation, in snake_case', () => {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  for (const { tool, operationId } of tools) {
    expect(operationId).not.toMatch(/[A-Z]{2}/);
    expect(tool.name).toBe(snake(operationId));
  }
});

test('every operation is a tool unless it opts out', () => {
  const offered = operations.filter((each) => each.exposure !== 'never').map((each) => each.operationId);
  expect(tools.map((each) => each.operationId).sort()).toEqual(offered.sort());
});

test('update_session needs a status and nothing else', () => {
  expect(findTool('update_session')?.inputSchema['required']).toEqual(['status']);
});

test.each([
  ['create_session', ['name'], ['sessionId', 'programId', 'status', 'state', 'progress', 'projectName']],
  [
    'update_session',
    ['status'],
    ['sessionId', 'state', 'progress', 'projectName', 'lastHeartbeat', 'contextBytes', 'handoffRequired'],
  ],
  ['list_sessions', [], ['state', 'programId', 'limit', 'includeArchived']],
  ['get_fleet_health', [], []],
  ['get_program_state', ['programId'], []],
  [
    'update_program_state',
    ['programId'],
    ['sessionId', 'contextSummary', 'learnedPatterns', 'config', 'baselines', 'decay'],
  ],
])('%s takes the parameters of the specification', (name, required, optional) => {
  expect(findTool(name)?.inputSchema['required']).toEqual(required);
  expect(listProperties(name)).toEqual(expect.arrayContaining([...required, ...optional]));
});

test('hints tell what a tool does, and not by which method', () => {
  const withHint = (hint: 'destructiveHint' | 'idempotentHint') =>
    tools.filter(({ tool }) => !tool.annotations.readOnlyHint && tool.annotations[hint]).map(({ tool }) => tool.name);
  expect(withHint('destructiveHint')).toEqual(['import_state', 'remove_pattern', 'restore_state']);
  expect(withHint('idempotentHint')).toEqual([
    'acknowledge_message',
    'claim_task',
    'promote_pattern',
    'remove_pattern',
    'set_pattern_status',
    'withdraw_question',
  ]);
});

describe.each(tools.map((each) => [each.tool.name, each.tool] as const))('%s', (name, tool) => {
  const schemas: [string, JsonSchema][] = [['input', tool.inputSchema]];
  if (tool.outputSchema) schemas.push(['output', tool.outputSchema]);

  test('has a name that every model provider accepts', () => {
    expect(name).toMatch(/^[a-z][a-z0-9_]{0,39}$/);
  });

  test.each(schemas)('has an %s schema that every client and model provider takes', (place, schema) => {
    expect(schema['type']).toBe('object');
    expect(Object.keys(schema)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(any|one|all)Of$/)]));
    for (const { at, schema: inner } of walkSchema(schema, place)) {
      expect(inner, at).not.toHaveProperty('$ref');
      for (const property of Object.keys((inner['properties'] ?? {}) as object)) {
        expect(property, at).toMatch(/^[A-Za-z0-9_.-]{1,64}$/);
      }
    }
  });

  test('describes every argument, and has hints about side effects', () => {
    for (const [argument, schema] of Object.entries(tool.inputSchema['properties'] as Record<string, JsonSchema>)) {
      expect(schema['description'], argument).toEqual(expect.any(String));
    }
    const hints = { readOnlyHint: expect.any(Boolean), destructiveHint: expect.any(Boolean) };
    expect(tool.annotations).toEqual({ ...hints, idempotentHint: expect.any(Boolean), openWorldHint: false });
  });
});
