/** The process: its arguments, its environment, and the code that it ends with. */
import { run } from './run.ts';

// A reader that has seen enough (`fleetbeat sessions list | head -1`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
process.stderr.on('error', () => undefined);

const code = await run(process.argv.slice(2), process.env);
// A server that was started goes on, and ends with a code of its own.
if (code !== 0) process.exitCode = code;
