/** The files of each agent that connect writes, and the edits of their text. */
import { existsSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CLIENTS, type HookClient } from '../hook/lifecycle-events.ts';
import type { Environment } from '../hook/paths.ts';
import { buildHooks, isFleetbeatHook, type LaunchCommand } from './build-hooks.ts';
import { getList, getObject, setValue } from './edit-json.ts';
import { getTable, setTable } from './edit-toml.ts';
import { insertStatusLine, removeStatusLine } from './status-line.ts';

export const AGENTS = ['claude-code', 'cursor', 'vscode', 'gemini', 'codex', 'opencode', 'qwen'] as const;
export type Agent = (typeof AGENTS)[number];

/** The agent as one whose hooks are connected; null for one that gets the MCP server alone. */
export const toHookClient = (agent: Agent): HookClient | null => CLIENTS.find((client) => client === agent) ?? null;
export type Scope = 'project' | 'user';

/** One file. Both functions are pure, and throw `MalformedFileError` for a text that they cannot change without guessing. */
export interface Target {
  readonly file: string;
  /** Adds the connection; the same text when it is there already. */
  insert(text: string): string;
  /** Removes the connection. */
  remove(text: string): string;
}

export interface AgentLocation {
  readonly agent: Agent;
  readonly scope: Scope;
  /** The project. */
  readonly folder: string;
  readonly environment: Environment;
}

export interface ConnectionSpec {
  readonly start: LaunchCommand;
  readonly programId: string;
  readonly hooks: boolean;
  /** Whether messages wake an idle Claude Code. */
  readonly wake?: boolean;
}

export function targetsFor(place: AgentLocation, wanted: ConnectionSpec): readonly Target[] {
  const { mcp, hooks } = configFiles(place);
  const [command, ...args] = wanted.start;
  const server = { command, args: [...args, 'mcp'], env: { FLEETBEAT_PROGRAM: wanted.programId } };
  const targets = [place.agent === 'codex' ? tomlTarget(mcp, { ...server }) : jsonTarget(mcp, place.agent, server)];
  const client = toHookClient(place.agent);
  if (wanted.hooks && hooks !== null && client !== null) {
    const hooked = hookTarget(hooks, client, wanted);
    if (place.agent === 'claude-code') return [...targets, ...withStatusLine(place, hooked, wanted)];
    if (hooks !== mcp) return [...targets, hooked];
    const [first] = targets as [Target];
    return [
      {
        file: mcp,
        insert: (text) => hooked.insert(first.insert(text)),
        remove: (text) => hooked.remove(first.remove(text)),
      },
    ];
  }
  return targets;
}

/**
 * In a project the status line goes into the person's own file: the shared one is committed, and would hide the status lines of those who have
 * not connected.
 */
function withStatusLine({ scope, folder }: AgentLocation, hooked: Target, wanted: ConnectionSpec): readonly Target[] {
  const insert = (text: string) => insertStatusLine(text, wanted.start, wanted.programId);
  if (scope === 'project')
    return [hooked, { file: join(folder, '.claude/settings.local.json'), insert, remove: removeStatusLine }];
  return [
    {
      file: hooked.file,
      insert: (text) => insert(hooked.insert(text)),
      remove: (text) => removeStatusLine(hooked.remove(text)),
    },
  ];
}

function configFiles({ agent, scope, folder, environment }: AgentLocation): { mcp: string; hooks: string | null } {
  const home = environment['HOME'] || homedir();
  const base = scope === 'project' ? folder : home;
  switch (agent) {
    case 'claude-code': {
      const own = environment['CLAUDE_CONFIG_DIR'];
      if (scope === 'project') return { mcp: join(folder, '.mcp.json'), hooks: join(folder, '.claude/settings.json') };
      return { mcp: join(own || home, '.claude.json'), hooks: join(own || join(home, '.claude'), 'settings.json') };
    }
    case 'cursor':
      return { mcp: join(base, '.cursor/mcp.json'), hooks: join(base, '.cursor/hooks.json') };
    case 'vscode':
      return {
        mcp: scope === 'project' ? join(folder, '.vscode/mcp.json') : join(vscodeFolder(home), 'mcp.json'),
        hooks: null,
      };
    case 'gemini':
      return { mcp: join(base, '.gemini/settings.json'), hooks: join(base, '.gemini/settings.json') };
    case 'codex': {
      const own = scope === 'user' ? environment['CODEX_HOME'] || join(home, '.codex') : join(folder, '.codex');
      return { mcp: join(own, 'config.toml'), hooks: join(own, 'hooks.json') };
    }
    case 'opencode': {
      const own = scope === 'user' ? join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'opencode') : folder;
      // It reads both, so a second file beside a person's own would be a surprise.
      const file = ['opencode.jsonc', 'opencode.json'].find((name) => existsSync(join(own, name)));
      return { mcp: join(own, file ?? 'opencode.json'), hooks: null };
    }
    case 'qwen':
      return { mcp: join(base, '.qwen/settings.json'), hooks: null };
  }
}

const vscodeFolder = (home: string) =>
  platform() === 'darwin' ? join(home, 'Library/Application Support/Code/User') : join(home, '.config/Code/User');

interface McpServer {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The key that holds the MCP servers in an agent's JSON, and our entry in its form. */
function toJsonEntry(agent: Agent, server: McpServer): readonly [string, object] {
  const { command, args, env } = server;
  switch (agent) {
    case 'vscode':
      return ['servers', { type: 'stdio', ...server }];
    case 'opencode':
      return ['mcp', { type: 'local', command: [command, ...args], environment: env, enabled: true }];
    case 'gemini':
    case 'qwen':
      return ['mcpServers', server];
    default:
      return ['mcpServers', { type: 'stdio', ...server }];
  }
}

function jsonTarget(file: string, agent: Agent, server: McpServer): Target {
  const [parent, entry] = toJsonEntry(agent, server);
  // opencode would add this by itself, and then the file would not be as we have left it.
  const prepare = (text: string) =>
    agent === 'opencode' && text === '' ? setValue(text, ['$schema'], 'https://opencode.ai/config.json') : text;
  return {
    file,
    insert: (text) =>
      isDeepStrictEqual(getObject(text, [parent, 'fleetbeat']), entry)
        ? text
        : setValue(prepare(text), [parent, 'fleetbeat'], entry),
    remove: (text) => removeValue(text, [parent, 'fleetbeat']),
  };
}

function tomlTarget(file: string, server: Readonly<Record<string, unknown>>): Target {
  const path = ['mcp_servers', 'fleetbeat'] as const;
  const isPresent = (text: string) =>
    isDeepStrictEqual(JSON.parse(JSON.stringify(getTable(text, path) ?? null)), server);
  return {
    file,
    insert: (text) => (isPresent(text) ? text : setTable(text, path, server)),
    remove: (text) => (getTable(text, path) === undefined ? text : setTable(text, path, undefined)),
  };
}

function hookTarget(file: string, client: HookClient, { start, programId, wake }: ConnectionSpec): Target {
  const hooks = buildHooks(client, start, programId, wake);
  const wanted = Object.entries(hooks);
  const insertHook = (text: string, [event, entry]: [string, object]): string => {
    const at = getList(text, ['hooks', event]).findIndex(isFleetbeatHook);
    if (at < 0) return setValue(text, ['hooks', event, -1], entry);
    return isDeepStrictEqual(getList(text, ['hooks', event])[at], entry)
      ? text
      : setValue(text, ['hooks', event, at], entry);
  };
  return {
    file,
    insert(text) {
      const versioned =
        client === 'cursor' && getObject(text, [])['version'] === undefined ? setValue(text, ['version'], 1) : text;
      // An earlier version connected events that this one does not.
      const outdated = Object.keys(getObject(versioned, ['hooks'])).filter((event) => !Object.hasOwn(hooks, event));
      return wanted.reduce(insertHook, outdated.reduce(removeHooks, versioned));
    },
    remove: (text) => Object.keys(getObject(text, ['hooks'])).reduce(removeHooks, text),
  };
}

function removeHooks(text: string, event: string): string {
  const at = getList(text, ['hooks', event]).findIndex(isFleetbeatHook);
  if (at < 0) return text;
  const isLast = getList(text, ['hooks', event]).length === 1;
  return removeHooks(
    isLast ? removeValue(text, ['hooks', event]) : setValue(text, ['hooks', event, at], undefined),
    event,
  );
}

/** Removes the value, and the object around it if that is empty then. */
function removeValue(text: string, path: readonly string[]): string {
  const container = getObject(text, path.slice(0, -1));
  if (container[path.at(-1) ?? ''] === undefined) return text;
  const isLast = path.length > 1 && Object.keys(container).length === 1;
  return setValue(text, isLast ? path.slice(0, -1) : [...path], undefined);
}
