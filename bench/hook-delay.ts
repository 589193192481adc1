/**
 * How long does an agent wait for a hook? Each way is run in turn, so that what else the machine does meets all alike:
 * `node -e 0` (what any program in Node costs), the hook as an agent's process calls it, and the same put into the
 * background by the shell, as `fleetbeat connect` writes it where an agent has no hooks of its own that run beside it.
 *
 *     npx tsx bench/hook-delay.ts [runs]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const RUNS = Number(process.argv[2] ?? 200);
const LIMIT_MS = 50;
const program = fileURLToPath(new URL('../clients/cli/bin/fleetbeat.js', import.meta.url));

/** Answers at once that nothing waits: what a tool of a connected agent costs on a server that is there. */
const answering = createHttpServer((_, response) => {
  response.setHeader('content-type', 'application/json').end('{"messages":[],"nextCursor":null}');
}).listen(0, '127.0.0.1');
await once(answering, 'listening');

const home = mkdtempSync(join(tmpdir(), 'fleetbeat-bench-'));
// A server that accepts and never answers: what an agent must not wait for.
const silent = createServer(() => undefined).listen(0, '127.0.0.1');
await once(silent, 'listening');
const { port } = silent.address() as { port: number };
mkdirSync(join(home, '.config/fleetbeat/programs'), { recursive: true });
const connection = { url: `http://127.0.0.1:${port}`, key: 'fb_bench_0' };
writeFileSync(join(home, '.config/fleetbeat/programs/bench.json'), JSON.stringify(connection));
const answeringUrl = `http://127.0.0.1:${(answering.address() as { port: number }).port}`;
const answered = { url: answeringUrl, key: 'fb_bench_0' };
writeFileSync(join(home, '.config/fleetbeat/programs/answered.json'), JSON.stringify(answered));
const environment = { PATH: process.env['PATH'] ?? '', HOME: home };

const createHookPayload = (sessionId: string) =>
  JSON.stringify({
    session_id: sessionId,
    cwd: home,
    hook_event_name: 'PostToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'make test' },
    tool_response: { stdout: 'x'.repeat(20_000) },
  });

/** Until the process has ended and its pipes are closed: for that an agent waits. */
async function timeProcess(command: string, args: readonly string[], input: string): Promise<number> {
  const begun = performance.now();
  const child = spawn(command, args, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => undefined).end(input);
  child.stdout.resume();
  child.stderr.resume();
  await once(child, 'close');
  return performance.now() - begun;
}

const hook = [program, 'hook', 'PostToolUse', '--program', 'bench'];
const quoted = [process.execPath, ...hook].map((word) => `'${word}'`).join(' ');
const VARIANTS: Readonly<Record<string, (run: number) => Promise<number>>> = {
  'node -e 0': () => timeProcess(process.execPath, ['-e', '0'], ''),
  'sh -c true': () => timeProcess('sh', ['-c', 'true'], ''),
  'hook that looks for messages, and finds none': () =>
    timeProcess(process.execPath, [...hook.slice(0, -1), 'answered'], createHookPayload('same')),
  'hook, too soon for a heartbeat': () => timeProcess(process.execPath, hook, createHookPayload('same')),
  'hook that keeps an event and wakes the sender': (run) =>
    timeProcess(process.execPath, [...hook.slice(0, -1), 'answered'], createHookPayload(`run-${run}`)),
  'hook in the background (Cursor, Gemini CLI, Codex)': (run) =>
    timeProcess('sh', ['-c', `${quoted} <&0 >/dev/null 2>&1 &`], createHookPayload(`behind-${run}`)),
};

const times = new Map(Object.keys(VARIANTS).map((variant) => [variant, [] as number[]]));
for (let run = 0; run < RUNS; run++)
  for (const [variant, go] of Object.entries(VARIANTS)) times.get(variant)?.push(await go(run));

const getPercentile = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
console.log(
  `${RUNS} runs each, Node ${process.version}, milliseconds until the agent goes on; the server answers at once where messages are looked for or an event is kept, else never`,
);
for (const [variant, all] of times) {
  const sorted = all.toSorted((a, b) => a - b);
  const within = sorted.filter((time) => time <= LIMIT_MS).length / sorted.length;
  const figures = [0.5, 0.95, 0.99]
    .map((part) => `p${part * 100} ${getPercentile(sorted, part).toFixed(1)}`)
    .join('  ');
  console.log(`${variant.padEnd(52)} ${figures}  within ${LIMIT_MS} ms: ${(within * 100).toFixed(1)} %`);
}
const plain = times.get('node -e 0') ?? [];
const looking = times.get('hook that looks for messages, and finds none') ?? [];
const differences = looking.map((time, run) => time - (plain[run] ?? 0)).toSorted((a, b) => a - b);
console.log(
  `what looks for messages takes longer than node -e 0 by ${getPercentile(differences, 0.5).toFixed(1)} ms, median`,
);
silent.close();
answering.close();
// Senders may still write into it.
rmSync(home, { recursive: true, force: true, maxRetries: 30, retryDelay: 200 });
process.exit(0);
