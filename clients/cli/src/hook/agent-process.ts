/** Which process the agent is, so that the next start knows whether it still lives. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process, told apart from a later one with the same number. */
export interface AgentProcess {
  readonly pid: number;
  readonly startedAt: string;
  /** The machine, its boot and its space of process numbers: elsewhere the number means nothing. */
  readonly where: string;
}

interface ProcessInfo {
  readonly parent: number;
  readonly startedAt: string;
  readonly args: readonly string[];
}

/** The nearest process above that is no shell with a command of ours. Null when it cannot be told. */
export function findAgentProcess(pid: number): AgentProcess | null {
  let at = pid;
  for (let step = 0; step < 6 && at > 1; step++) {
    const info = readProcess(at);
    if (!info) return null;
    if (!isShellWithCommand(info.args)) return { pid: at, startedAt: info.startedAt, where: machineId() };
    at = info.parent;
  }
  return null;
}

/** True only when it is sure: on this machine, since this boot, no such process is left. */
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
  // A zombie has ended; its parent has not looked yet.
  return fields[0] === 'Z' ? null : { parent: Number(fields[1]), startedAt: fields[19] ?? '', args };
}

function readFromPs(pid: number): ProcessInfo | null {
  const output = execFileSync('ps', ['-o', 'ppid=,lstart=,args=', '-p', String(pid)], { encoding: 'utf8' });
  const found = /^\s*(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/m.exec(output);
  return found && { parent: Number(found[1]), startedAt: found[2] ?? '', args: (found[3] ?? '').split(' ') };
}
