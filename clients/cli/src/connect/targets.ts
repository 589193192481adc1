/** Which files of an agent are written, where they are, and what becomes of their text. */
import { homedir, platform } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HookClient } from '../hook/moments.ts';
import type { Environment } from '../hook/places.ts';
import { listAt, objectAt, withValue } from './edit-json.ts';
import { tableAt, withTable } from './edit-toml.ts';
import { hooksOf, isOurs, type Start } from './hooks-of.ts';

export const AGENTS = ['claude-code', 'cursor', 'vscode', 'gemini', 'codex'] as const;
export type Agent = (typeof AGENTS)[number];
export type Scope = 'project' | 'user';

/** One file. Both functions are pure, and throw `Malformed` for a text that they cannot change without guessing. */
export interface Target {
  readonly file: string;
  /** With what connects the agent; the same text when it is there. */
  put(text: string): string;
  /** Without it. */
  take(text: string): string;
}

export interface Place {
  readonly agent: Agent;
  readonly scope: Scope;
  /** The project. */
  readonly folder: string;
  readonly environment: Environment;
}

export interface Wanted {
  readonly start: Start;
  readonly programId: string;
  readonly hooks: boolean;
}

export function targetsOf(place: Place, wanted: Wanted): readonly Target[] {
  const { mcp, hooks } = filesOf(place);
  const [command, ...args] = wanted.start;
  const server = { command, args: [...args, 'mcp'], env: { FLEETBEAT_PROGRAM: wanted.programId } };
  const targets = [place.agent === 'codex' ? inToml(mcp, server) : inJson(mcp, place.agent, server)];
  if (wanted.hooks && hooks !== null && place.agent !== 'vscode') {
    const hooked = hookTarget(hooks, place.agent, wanted);
    if (hooks !== mcp) return [...targets, hooked];
    const [first] = targets as [Target];
    return [{ file: mcp, put: (text) => hooked.put(first.put(text)), take: (text) => hooked.take(first.take(text)) }];
  }
  return targets;
}

function filesOf({ agent, scope, folder, environment }: Place): { mcp: string; hooks: string | null } {
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
        mcp: scope === 'project' ? join(folder, '.vscode/mcp.json') : join(codeFolder(home), 'mcp.json'),
        hooks: null,
      };
    case 'gemini':
      return { mcp: join(base, '.gemini/settings.json'), hooks: join(base, '.gemini/settings.json') };
    case 'codex': {
      const own = scope === 'user' ? environment['CODEX_HOME'] || join(home, '.codex') : join(folder, '.codex');
      return { mcp: join(own, 'config.toml'), hooks: join(own, 'hooks.json') };
    }
  }
}

const codeFolder = (home: string) =>
  platform() === 'darwin' ? join(home, 'Library/Application Support/Code/User') : join(home, '.config/Code/User');

function inJson(file: string, agent: Agent, server: object): Target {
  const parent = agent === 'vscode' ? 'servers' : 'mcpServers';
  const entry = agent === 'gemini' ? server : { type: 'stdio', ...server };
  return {
    file,
    put: (text) =>
      isDeepStrictEqual(objectAt(text, [parent])['fleetbeat'], entry)
        ? text
        : withValue(text, [parent, 'fleetbeat'], entry),
    take: (text) => without(text, [parent, 'fleetbeat']),
  };
}

function inToml(file: string, server: Readonly<Record<string, unknown>>): Target {
  const path = ['mcp_servers', 'fleetbeat'] as const;
  const isThere = (text: string) => isDeepStrictEqual(JSON.parse(JSON.stringify(tableAt(text, path) ?? null)), server);
  return {
    file,
    put: (text) => (isThere(text) ? text : withTable(text, path, server)),
    take: (text) => (tableAt(text, path) === undefined ? text : withTable(text, path, undefined)),
  };
}

function hookTarget(file: string, client: HookClient, { start, programId }: Wanted): Target {
  const wanted = Object.entries(hooksOf(client, start, programId));
  const putOne = (text: string, [event, entry]: [string, object]): string => {
    const at = listAt(text, ['hooks', event]).findIndex(isOurs);
    if (at < 0) return withValue(text, ['hooks', event, -1], entry);
    return isDeepStrictEqual(listAt(text, ['hooks', event])[at], entry)
      ? text
      : withValue(text, ['hooks', event, at], entry);
  };
  return {
    file,
    put(text) {
      const versioned =
        client === 'cursor' && objectAt(text, [])['version'] === undefined ? withValue(text, ['version'], 1) : text;
      return wanted.reduce(putOne, versioned);
    },
    take: (text) => Object.keys(objectAt(text, ['hooks'])).reduce(takeHooks, text),
  };
}

function takeHooks(text: string, event: string): string {
  const at = listAt(text, ['hooks', event]).findIndex(isOurs);
  if (at < 0) return text;
  const isLast = listAt(text, ['hooks', event]).length === 1;
  return takeHooks(isLast ? without(text, ['hooks', event]) : withValue(text, ['hooks', event, at], undefined), event);
}

/** Without the value, and without what is empty then. */
function without(text: string, path: readonly string[]): string {
  const holder = objectAt(text, path.slice(0, -1));
  if (holder[path.at(-1) ?? ''] === undefined) return text;
  const isLast = path.length > 1 && Object.keys(holder).length === 1;
  return withValue(text, isLast ? path.slice(0, -1) : [...path], undefined);
}
