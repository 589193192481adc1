/**
 * `fleetbeat hook statusline`: Claude Code runs it for its status line, and tells it alone how large the window is and what the session has cost.
 * A person's own status line goes first, with the same input, and its output is the output.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isOwnStatusLine, readOwnCommand } from '../connect/status-line.ts';
import type { StatusLineFacts } from './context-use.ts';
import { type Environment, readConnection, readJsonObject, resolveProgramId } from './paths.ts';
import { isValidId } from './payload.ts';
import { SessionCache } from './session-cache.ts';

export interface StatusLineCall {
  /** Standard input. */
  readonly text: string;
  /** The person's status line in whose place this one was put; undefined when there was none in that file. */
  readonly own: string | undefined;
  readonly program: string | undefined;
}

export async function runStatusLine({ text, own, program }: StatusLineCall, environment: Environment): Promise<void> {
  const input = parseInput(text);
  const folder = environment['CLAUDE_PROJECT_DIR'] || input?.project || process.cwd();
  const command = own ?? findOverridden(environment, folder);
  if (command !== null) await run(command, text);
  const programId = resolveProgramId(environment, program, folder);
  if (!input || programId === null || readConnection(environment, programId) === null) return;
  const cache = new SessionCache(environment, programId, input.sessionId);
  const facts = JSON.stringify(input.facts);
  // It is run several times a second while the agent writes.
  if (cache.read('statusLine') !== facts) cache.write('statusLine', facts);
}

/** Ours in a project's own file hides what the project's shared file or the person's says: that is what would have been shown. */
function findOverridden(environment: Environment, folder: string): string | null {
  const personal = environment['CLAUDE_CONFIG_DIR'] || join(environment['HOME'] || homedir(), '.claude');
  for (const file of [join(folder, '.claude/settings.json'), join(personal, 'settings.json')]) {
    const { command } = (readJsonObject(file)?.['statusLine'] ?? {}) as { readonly command?: unknown };
    if (typeof command !== 'string') continue;
    if (!isOwnStatusLine(command)) return command;
    const before = readOwnCommand(command);
    if (before !== null) return before;
  }
  return null;
}

async function run(command: string, input: string): Promise<void> {
  const child = spawn('sh', ['-c', command], { stdio: ['pipe', 'inherit', 'inherit'] });
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
}

interface StatusLineInput {
  readonly sessionId: string;
  readonly project: string | undefined;
  readonly facts: StatusLineFacts;
}

/** https://code.claude.com/docs/en/statusline. Null for anything else. */
function parseInput(text: string): StatusLineInput | null {
  try {
    const { session_id: sessionId, workspace, cost, context_window: window } = JSON.parse(text);
    if (typeof sessionId !== 'string' || !isValidId(sessionId)) return null;
    const project = workspace?.project_dir;
    return {
      sessionId,
      project: typeof project === 'string' ? project : undefined,
      facts: {
        windowTokens: toPositive(window?.context_window_size),
        costUsd: toPositive(cost?.total_cost_usd),
      },
    };
  } catch {
    return null;
  }
}

const toPositive = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);
