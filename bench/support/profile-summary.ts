/** Summarises a V8 CPU profile by package and by function. Pure. */

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** The fields of a `.cpuprofile` that are used. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  /** Microseconds since the previous sample. */
  readonly timeDeltas: readonly number[];
  /** Monotonic time in microseconds, like `process.hrtime`. */
  readonly startTime: number;
}

export interface Share {
  readonly name: string;
  /** As a share of the busy time. */
  readonly percent: number;
}

export interface ProfileSummary {
  readonly packages: readonly Share[];
  readonly functions: readonly Share[];
  /** The same time by its cause: the nearest file of the server up the stack, else the outermost package. */
  readonly attributed: readonly Share[];
}

/** The `most` largest shares between two monotonic times in microseconds. */
export function summarizeProfile(profile: CpuProfile, from: number, to: number, limit: number): ProfileSummary {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const attributed = attributeNodes(profile.nodes, nodes);
  const times = {
    packages: new Map<string, number>(),
    functions: new Map<string, number>(),
    behalf: new Map<string, number>(),
  };
  let total = 0;
  let at = profile.startTime;
  for (const [index, id] of profile.samples.entries()) {
    const node = nodes.get(id);
    const time = profile.timeDeltas[index] ?? 0;
    at += time;
    if (at < from || at > to || !node || node.callFrame.functionName === '(idle)') continue;
    total += time;
    addTime(times.packages, getPackage(node), time);
    addTime(times.functions, formatFunction(node), time);
    addTime(times.behalf, attributed.get(id) ?? OUTSIDE, time);
  }
  const shares = (of: ReadonlyMap<string, number>): Share[] =>
    [...of]
      .map(([name, time]) => ({ name, percent: (100 * time) / total }))
      .sort((a, b) => b.percent - a.percent)
      .slice(0, limit);
  return { packages: shares(times.packages), functions: shares(times.functions), attributed: shares(times.behalf) };
}

const OUTSIDE = 'node';

const addTime = (sums: Map<string, number>, name: string, time: number) => sums.set(name, (sums.get(name) ?? 0) + time);

/** `mysql2` · `node` · `server/sessions` · `(garbage collector)` */
function getPackage({ callFrame: { url, functionName } }: ProfileNode): string {
  const installed = url.split('/node_modules/').at(-1) ?? '';
  if (installed !== url)
    return installed.startsWith('@') ? installed.split('/', 2).join('/') : (installed.split('/')[0] ?? '');
  if (url.startsWith('node:')) return 'node';
  return getOwnFile(url)?.split('/').slice(0, -1).join('/') ?? (functionName.startsWith('(') ? functionName : 'node');
}

const getOwnFile = (url: string): string | undefined => /\/dist\/((?:server|openapi)\/.*)\.js$/.exec(url)?.[1];

function formatFunction(node: ProfileNode): string {
  const { functionName, url, lineNumber } = node.callFrame;
  if (url === '') return functionName || '(anonymous)';
  const file = getOwnFile(url) ?? url.split('/node_modules/').at(-1);
  return `${functionName || '(anonymous)'} · ${file}:${lineNumber + 1}`;
}

function attributeNodes(all: readonly ProfileNode[], nodes: ReadonlyMap<number, ProfileNode>): Map<number, string> {
  const attributed = new Map<number, string>();
  const children = new Set(all.flatMap((node) => node.children ?? []));
  const open = all.filter((node) => !children.has(node.id)).map((node) => ({ node, owner: OUTSIDE }));
  for (let next = open.pop(); next; next = open.pop()) {
    const own = getPackage(next.node);
    const fallback = next.owner === OUTSIDE && own !== '(root)' ? own : next.owner;
    const owner = getOwnFile(next.node.callFrame.url) ?? fallback;
    attributed.set(next.node.id, owner);
    for (const id of next.node.children ?? []) {
      const node = nodes.get(id);
      if (node) open.push({ node, owner });
    }
  }
  return attributed;
}
