/** Runs every bench in sequence, on database servers that are started once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Bench, supervise } from './support/bench.ts';
import { serverUrl } from './support/database.ts';
import { BENCHES } from './support/results.ts';

/** Longer than the longest bench: one that hangs must not block the others. */
const BENCH_TIMEOUT_MS = { quick: 300_000, whole: 1_800_000 };

async function runOne(bench: Bench, name: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const program = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const { quick } = bench.options;
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...(quick ? ['--quick'] : [])], {
    env,
    stdio: 'inherit',
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  bench.defer(
    async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
    () => void child.kill('SIGKILL'),
  );
  const killTimer = setTimeout(() => child.kill('SIGTERM'), BENCH_TIMEOUT_MS[quick ? 'quick' : 'whole']);
  const [code] = await ended;
  clearTimeout(killTimer);
  console.log();
  return code === 0;
}

await supervise('all', {}, async (bench) => {
  const env = { ...process.env };
  for (const kind of ['mysql', 'mariadb']) {
    const url = await serverUrl(bench, kind);
    if (url !== null) env[`BENCH_${kind.toUpperCase()}_URL`] = url;
  }
  const names = BENCHES.filter((name) => name !== 'profile' || !bench.options.quick);
  for (const name of names) if (!(await runOne(bench, name, env))) process.exitCode = 1;
});
