/** Whether Codex runs our hooks: it skips those that its user has not trusted, and says nothing. */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getTable } from '../connect/edit-toml.ts';
import type { Environment } from '../hook/paths.ts';
import { type Finding, warning } from './finding.ts';

export interface CodexHooks {
  readonly environment: Environment;
  readonly scope: 'project' | 'user';
  readonly folder: string;
  /** The file with our hooks. */
  readonly hooksFile: string;
}

const TRUST_HOOKS = 'Start codex here, type /hooks and trust them; in CI: codex exec --dangerously-bypass-hook-trust';

/** Nothing when all is trusted. A trust that a change of the hooks has made void cannot be seen. */
export function checkCodexTrust({ environment, scope, folder, hooksFile }: CodexHooks): Finding[] {
  const home = environment['CODEX_HOME'] || join(environment['HOME'] || homedir(), '.codex');
  const projects = readTable(join(home, 'config.toml'), ['projects', folder]);
  const isProjectTrusted = projects?.['trust_level'] === 'trusted';
  const state = readTable(join(home, 'config.toml'), ['hooks', 'state']) ?? {};
  const hasTrustedHook = Object.keys(state).some((name) => name.startsWith(`${hooksFile}:`));
  return [
    ...(scope === 'project' && !isProjectTrusted
      ? [
          warning(
            'codex',
            'Codex does not trust this project yet, so it skips its hooks and its MCP server',
            `Start codex here and answer that you trust it`,
          ),
        ]
      : []),
    ...(hasTrustedHook
      ? []
      : [warning('codex', `Codex skips the hooks of ${hooksFile} until you trust them`, TRUST_HOOKS)]),
  ];
}

/** Undefined when it is missing or cannot be read. */
function readTable(file: string, path: readonly [string, string]): Readonly<Record<string, unknown>> | undefined {
  try {
    return getTable(readFileSync(file, 'utf8'), path) as Readonly<Record<string, unknown>> | undefined;
  } catch {
    return undefined;
  }
}
