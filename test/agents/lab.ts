/** One agent with a home and a project of its own, connected to a server of its own, driven as a person or a script does. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { SETUPS } from './agents.ts';
import { RUN_UNTIL_TOLD } from './model/plays.ts';
import type { AgentName, ScriptedModel, SeenRequest } from './model/start-model.ts';

const PROGRAMS = fileURLToPath(new URL('../../node_modules/.bin', import.meta.url));
const RUN_TIMEOUT_MS = 180_000;
/** After an agent has ended, what it left behind may hold its outputs for longer. */
const OUTPUT_TIMEOUT_MS = 3_000;

export interface LabOptions {
  readonly agent: AgentName;
  readonly folder: string;
  /** The folder of the agents' programs. */
  readonly bin: string;
  readonly model: ScriptedModel;
  readonly server: Pick<ServerProcess, 'url' | 'output'> & { readonly adminKey: string };
}

const EVIDENCE_LINES = 14;

/** For a minute at most, since nobody tells it when its agent was killed. */
const RUN_UNTIL_TOLD_PROGRAM = `#!/bin/sh
touch ~/has-begun
for i in $(seq 600); do
  [ -e ~/go-on ] && break
  sleep 0.1
done
rm -f ~/has-begun ~/go-on
`;

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
  /** What the agent showed last, at its terminal or without one. */
  lastScreen = '';
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
    SETUPS[this.agent].prepare(this.home, this.project, options.model.urlFor(this.agent));
    writeFileSync(join(this.home, basename(RUN_UNTIL_TOLD)), RUN_UNTIL_TOLD_PROGRAM, { mode: 0o755 });
  }

  /** Whether the command that runs until it is told to end has begun. */
  hasCommandBegun(): boolean {
    return existsSync(join(this.home, 'has-begun'));
  }

  endCommand(): void {
    writeFileSync(join(this.home, 'go-on'), '');
  }

  /** Before a prompt that runs such a command: a run that was killed leaves these behind. */
  forgetCommand(): void {
    for (const name of ['has-begun', 'go-on']) rmSync(join(this.home, name), { force: true });
  }

  releaseAnswers(): void {
    this.#options.model.release(this.agent);
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
      ...SETUPS[this.agent].environment(model.urlFor(this.agent)),
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
    const limit = setTimeout(() => {
      output += `\n(ended by the test after ${RUN_TIMEOUT_MS / 1_000} s)`;
      endGroup(child);
    }, RUN_TIMEOUT_MS);
    const closed = once(child, 'close');
    const ended = once(child, 'exit').then(async ([code]): Promise<Ended> => {
      clearTimeout(limit);
      running.delete(child);
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, OUTPUT_TIMEOUT_MS))]);
      if (program !== 'fleetbeat' || code !== 0) this.lastScreen = `${command.join(' ')}: exit ${code}\n${output}`;
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
    return createFleetbeat({ baseUrl: this.#options.server.url, key });
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

  /** The last of what an agent, its hooks and the server have said: why a promise was not kept. */
  evidence(): string {
    const { model, server } = this.#options;
    const since = Date.now();
    const requests = model.requests(this.agent).slice(-6);
    const log = join(this.home, '.local/state/fleetbeat/hooks/hooks.log');
    const parts: readonly (readonly [string, readonly string[]])[] = [
      ['screen', this.lastScreen.split('\n').filter((line) => line.trim() !== '')],
      ['hook log', existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : ['(empty)']],
      [
        'model',
        requests.map(
          ({ at, play, step, answer }) =>
            `${((since - at) / 1_000).toFixed(1)} s ago: ${play} ${step}: ${JSON.stringify(answer)}`,
        ),
      ],
      [
        'server log',
        server
          .output()
          .trimEnd()
          .split('\n')
          .filter((line) => line.includes(this.programId) || /"level":[456]0/.test(line)),
      ],
    ];
    return parts
      .flatMap(([name, lines]) => lines.slice(-EVIDENCE_LINES).map((line) => `  ${name}: ${line.slice(0, 400)}`))
      .join('\n');
  }

  compactions(): number {
    return this.#options.model.compactions(this.agent);
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

  /** Of its newest 50 sessions, the newest first. */
  async sessionIds(): Promise<string[]> {
    const { sessions } = await this.admin.sessions.list({ programId: this.programId, limit: 50 });
    return sessions.map(({ sessionId }) => sessionId);
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
