import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildHooks } from './build-hooks.ts';

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../../claude-code/${file}`, import.meta.url), 'utf8')) as Record<string, unknown>;

/** https://code.claude.com/docs/en/plugins/manifest-reference: an unknown field at the top is dropped with a warning. */
const FIELDS = ['name', 'version', 'description', 'author', 'homepage', 'repository', 'license', 'keywords'];
/** https://code.claude.com/docs/en/hooks: these of its events, and the fields of a group and of a command. */
const EVENTS = [
  ...['SessionStart', 'UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure', 'PermissionRequest', 'Notification'],
  ...['PreCompact', 'Stop', 'StopFailure', 'SubagentStop', 'SessionEnd'],
];
const AWAITED = [
  'SessionStart',
  'UserPromptSubmit',
  'PermissionRequest',
  'PostToolUse',
  'PostToolUseFailure',
  'Stop',
  'StopFailure',
  'SessionEnd',
];

test("the plugin's manifest is as documented, and of the version of the program", () => {
  const manifest = read('.claude-plugin/plugin.json');
  expect(Object.keys(manifest).filter((field) => !FIELDS.includes(field))).toEqual([]);
  expect(manifest['name']).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  expect(manifest['author']).toEqual({ name: expect.any(String) });
  expect(manifest['version']).toBe(read('../cli/package.json')['version']);
});

test("the plugin's hooks are as documented, and those that connect writes", () => {
  const { hooks, description, ...others } = read('hooks/hooks.json') as {
    hooks: Record<string, Group[]>;
    description: string;
  };
  expect(others).toEqual({});
  expect(description).toEqual(expect.any(String));
  expect(Object.keys(hooks).sort()).toEqual(EVENTS.toSorted());
  for (const [event, groups] of Object.entries(hooks)) {
    for (const { matcher, hooks: commands, ...more } of groups) {
      expect(more).toEqual({});
      // Only tools, sessions, notifications and compactions are matched.
      if (matcher !== undefined) expect(['PostToolUse', 'PostToolUseFailure']).toContain(event);
      for (const { type, command, timeout, async, ...rest } of commands) {
        expect([type, rest]).toEqual(['command', {}]);
        expect(command).toBe(`fleetbeat hook ${event} --client claude-code`);
        // `claude -p` kills hooks in the background when it ends, and skips SessionEnd then.
        expect(async !== true).toBe(AWAITED.includes(event));
        if (event === 'SessionEnd') expect(timeout).toBeGreaterThan(1.5);
        if (timeout !== undefined && event !== 'PermissionRequest') expect(timeout).toBeLessThanOrEqual(60);
      }
    }
  }
  const written = Object.entries(buildHooks('claude-code', ['fleetbeat'], null)).map(([event, entry]) => [
    event,
    [entry],
  ]);
  expect(hooks).toEqual(Object.fromEntries(written));
});

interface Group {
  readonly matcher?: string;
  readonly hooks: { type: string; command: string; timeout?: number; async?: boolean }[];
}

test("the plugin's MCP server is started by the program, for the program of the folder, and holds no key", () => {
  expect(read('.mcp.json')).toEqual({
    mcpServers: {
      fleetbeat: { type: 'stdio', command: 'fleetbeat', args: ['mcp'], env: { FLEETBEAT_PROGRAM: '.' } },
    },
  });
});
