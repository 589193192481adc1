/** One agent with a home and a project of its own, connected to a server of its own, driven as a person or a script does. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { SETUPS } from './agents.ts';
import type { AgentName, ScriptedModel, SeenRequest } from './model/start-model.ts';

const PROGRAMS = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
const RUN_TIMEOUT_MS = 120_000;

export interface LabOptions {
  readonly agent: AgentName;
  readonly folder: string;
  /** The folder of the agents' programs. */
  readonly bin: string;
  readonly model: ScriptedModel;
  readonly server: Pick<ServerProcess, 'url' | 'client'> & { readonly adminKey: string };
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) endGroup(child);
});

/** The group of a child that was started with one of its own. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

export class Lab {
  readonly agent: AgentName;
  readonly home: string;
  readonly project: string;
  readonly programId: string;
  readonly admin: Fleetbeat;
  readonly #options: LabOptions;

  constructor(options: LabOptions) {
    this.#options = options;
    this.agent = options.agent;
    this.admin = this.client(options.server.adminKey);
    this.home = mkdtempSync(join(options.folder, `${options.agent}-`));
    this.programId = `real-${options.agent}`;
    this.project = join(this.home, 'work', this.programId);
    mkdirSync(this.project, { recursive: true });
    writeFileSync(join(this.project, 'notes.txt'), 'a note\n');
    // Codex works in repositories only.
    execFileSync('git', ['init', '--quiet', this.project]);
    SETUPS[this.agent].prepare(this.home, this.project, options.model.url);
  }

  /** Nothing of the environment of this process but the PATH. */
  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const { bin, model, server } = this.#options;
    return {
      PATH: `${PROGRAMS}:${bin}:${process.env['PATH']}`,
      HOME: this.home,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      SHELL: '/bin/bash',
      FLEETBEAT_URL: server.url,
      // What is tried is not how fast this machine is.
      FLEETBEAT_HOOK_DEADLINE_MS: '12000',
      ...SETUPS[this.agent].environment(model.url),
      ...more,
    };
  }

  start(command: readonly [string, ...string[]], more: Readonly<Record<string, string>> = {}): RunningCommand {
    const [program, ...args] = command;
    const env = this.environment(more);
    const child = spawn(program, args, { cwd: this.project, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    const limit = setTimeout(() => endGroup(child), RUN_TIMEOUT_MS);
    const ended = once(child, 'exit').then(([code]): Ended => {
      clearTimeout(limit);
      running.delete(child);
      return { code: code as number | null, output };
    });
    return { ended, killAll: () => endGroup(child) };
  }

  run(command: readonly [string, ...string[]], more?: Readonly<Record<string, string>>): Promise<Ended> {
    return this.start(command, more).ended;
  }

  /** One prompt without a terminal, to its end. */
  prompt(prompt: string, more?: Readonly<Record<string, string>>): Promise<Ended> {
    return this.run(SETUPS[this.agent].headless(prompt), more);
  }

  client(key: string): Fleetbeat {
    return this.#options.server.client(key);
  }

  interactive(): readonly string[] {
    return SETUPS[this.agent].interactive;
  }

  /** Ends the daemon that Codex with a screen leaves behind; it is known by the home that it works in. */
  endDaemons(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        const isOurs = environment.includes(`HOME=${this.home}`);
        if (isOurs && /app-server/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
          process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended, or is another user's.
      }
    }
  }

  fleetbeat(...args: readonly string[]): Promise<Ended> {
    return this.run(['fleetbeat', ...args], { FLEETBEAT_KEY: this.#options.server.adminKey });
  }

  requests(play?: string): SeenRequest[] {
    const all = this.#options.model.requests(this.agent);
    return play === undefined ? all : all.filter((request) => request.play === play);
  }

  async newest() {
    const { sessions } = await this.admin.sessions.list({ programId: this.programId, limit: 1 });
    if (!sessions[0]) throw new Error('no session of it is known');
    return await this.admin.sessions.get(sessions[0].sessionId);
  }

  async statuses(sessionId: string): Promise<string[]> {
    const { changes } = await this.admin.sessions.timeline(sessionId);
    return changes.map(({ status }) => status ?? '').toReversed();
  }

  /** The process of a session's agent, as its start hook has kept it. */
  agentPid(sessionId: string): number {
    const file = join(this.home, '.local/state/fleetbeat/hooks/sessions', this.programId, sessionId, 'agent');
    return (JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid;
  }
}

export interface RunningCommand {
  readonly ended: Promise<Ended>;
  killAll(): void;
}
