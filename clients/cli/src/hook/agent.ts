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

interface Seen {
  readonly parent: number;
  readonly startedAt: string;
  readonly words: readonly string[];
}

/** The nearest process above that is no shell with a command of ours. Null when it cannot be told. */
export function agentAbove(pid: number): AgentProcess | null {
  let at = pid;
  for (let step = 0; step < 6 && at > 1; step++) {
    const seen = look(at);
    if (!seen) return null;
    if (!isShellWithCommand(seen.words)) return { pid: at, startedAt: seen.startedAt, where: here() };
    at = seen.parent;
  }
  return null;
}

/** True only when it is sure: on this machine, since this boot, no such process is left. */
export function hasEnded({ pid, startedAt, where }: AgentProcess): boolean {
  return where === here() && look(pid)?.startedAt !== startedAt;
}

const isShellWithCommand = ([program = '', ...words]: readonly string[]): boolean =>
  /(^|\/)-?(sh|bash|dash|zsh|ksh|fish|ash)$/.test(program) && words.some((word) => /^-[a-z]*c$/.test(word));

let place: string | undefined;

function here(): string {
  place ??= [
    hostname(),
    quiet(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    quiet(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');
  return place;
}

const quiet = (look: () => string): string => {
  try {
    return look();
  } catch {
    return '';
  }
};

function look(pid: number): Seen | null {
  try {
    return process.platform === 'linux' ? lookInProc(pid) : askPs(pid);
  } catch {
    return null;
  }
}

/** proc(5): the name may hold spaces and brackets, so the fields are counted from its end. */
function lookInProc(pid: number): Seen | null {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  // A zombie has ended; its parent has not looked yet.
  return fields[0] === 'Z' ? null : { parent: Number(fields[1]), startedAt: fields[19] ?? '', words };
}

function askPs(pid: number): Seen | null {
  const told = execFileSync('ps', ['-o', 'ppid=,lstart=,args=', '-p', String(pid)], { encoding: 'utf8' });
  const found = /^\s*(\d+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/m.exec(told);
  return found && { parent: Number(found[1]), startedAt: found[2] ?? '', words: (found[3] ?? '').split(' ') };
}
