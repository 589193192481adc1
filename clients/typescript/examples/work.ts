/** A worker: does its program's tasks as they come, until it is asked to end. Needs a program's key. */
import { createFleetbeat } from '@fleetbeat/client';

const fleetbeat = createFleetbeat(); // FLEETBEAT_URL and FLEETBEAT_KEY

await fleetbeat.work({ name: 'Builder', contextLimitBytes: 400_000 }, async (task, run) => {
  console.log(`${task.title} (after: ${run.brief?.state.contextSummary.handoffNotes ?? 'nothing'})`);
  const result = await solve(task.instructions, run.signal);
  // Above 60 % of the context the run is handed over, with these notes, and a new one is booted.
  run.beat({ progress: 100, status: `Done: ${task.title}`, contextBytes: 300_000 });
  await run.remember({ contextSummary: { lastTask: task.title, handoffNotes: result } });
  return { outcome: 'succeeded', result };
});

/** Stands for your agent. Whatever must stop when another run takes over gets the run's signal. */
async function solve(instructions: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  return `${instructions.length} characters of instructions read`;
}
