/** Finds the process of the agent, so that the next start can tell whether it still runs. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, distinguishable from a later one with the same number. */
export interface AgentProcess {
  readonly pid: number;
  readonly startedAt: string;
  /** The machine, its boot and its PID namespace: elsewhere the number means nothing. */
  readonly where: string;
}

interface ProcessInfo {
  readonly parent: number;
  readonly startedAt: string;
  readonly args: readonly string[];
}

/** The nearest ancestor that is not a shell running a hook's command. Null when it cannot be found. */
export function findAgentProcess(pid: number): AgentProcess | null {
  const found = findAgent(pid);
  return found && { pid: found.pid, startedAt: found.startedAt, where: machineId() };
}

/** The words of the agent's command line; none when it cannot be found. */
export const readAgentArguments = (pid: number): readonly string[] => findAgent(pid)?.args ?? [];

function findAgent(pid: number): (ProcessInfo & { readonly pid: number }) | null {
  let at = pid;
  for (let step = 0; step < 6 && at > 1; step++) {
    const info = readProcess(at);
    if (!info) return null;
    if (!isShellWithCommand(info.args)) return { ...info, pid: at };
    at = info.parent;
  }
  return null;
}

/** The command lines of the processes one and two levels below; none where they cannot be read. */
export function listCommandsBelow(pid: number): string[] {
  try {
    const list = process.platform === 'linux' ? listChildrenInProc : listChildrenByPs;
    const children = list(pid);
    return [...children, ...children.flatMap((child) => list(child.pid))].map(({ command }) => command);
  } catch {
    return [];
  }
}

interface Child {
  readonly pid: number;
  readonly command: string;
}

/** Each thread has the children that it has started (proc(5), CONFIG_PROC_CHILDREN). */
const listChildrenInProc = (pid: number): Child[] =>
  readdirSync(`/proc/${pid}/task`)
    .flatMap((thread) => orEmpty(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8')).split(' '))
    .filter(Boolean)
    .map((child) => ({
      pid: Number(child),
      command: orEmpty(() => readFileSync(`/proc/${child}/cmdline`, 'utf8')).replaceAll('\0', ' '),
    }));

const listChildrenByPs = (pid: number): Child[] =>
  execFileSync('ps', ['-axo', 'ppid=,pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s(.*)$/.exec(line))
    .flatMap((found) => (Number(found?.[1]) === pid ? [{ pid: Number(found?.[2]), command: found?.[3] ?? '' }] : []));

/** True only when it is certain: same machine, same boot, and no such process. */
export function hasEnded({ pid, startedAt, where }: AgentProcess): boolean {
  return where === machineId() && readProcess(pid)?.startedAt !== startedAt;
}

const isShellWithCommand = ([program = '', ...words]: readonly string[]): boolean =>
  /(^|\/)-?(sh|bash|dash|zsh|ksh|fish|ash)$/.test(program) && words.some((word) => /^-[a-z]*c$/.test(word));

let cachedMachineId: string | undefined;

function machineId(): string {
  cachedMachineId ??= [
    hostname(),
    orEmpty(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    orEmpty(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');
  return cachedMachineId;
}

const orEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

function readProcess(pid: number): ProcessInfo | null {
  try {
    return process.platform === 'linux' ? readFromProc(pid) : readFromPs(pid);
  } catch {
    return null;
  }
}

/** proc(5): the name may hold spaces and brackets, so the fields are counted from its end. */
function readFromProc(pid: number): ProcessInfo | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  // A zombie has ended; its parent has not collected it yet.
  return fields[0] === 'Z' ? null : { parent: Number(fields[1]), startedAt: fields[19] ?? '', args };
}

function readFromPs(pid: number): ProcessInfo | null {
  const output = execFileSync('ps', ['-o', 'ppid=,lstart=,args=', '-p', String(pid)], { encoding: 'utf8' });
  const found = /^\s*(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/m.exec(output);
  return found && { parent: Number(found[1]), startedAt: found[2] ?? '', args: (found[3] ?? '').split(' ') };
}
