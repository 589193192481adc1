/** One run of a program leaves its notes, and the next one starts with them. Needs a program's key. */
import { createFleetbeat } from '@fleetbeat/client';

const fleetbeat = createFleetbeat();

await fleetbeat.run({ name: 'First run', contextLimitBytes: 400_000 }, async (run) => {
  const pattern = 'Always validate JWT expiry before role check';
  await run.remember({ learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern, confidence: 0.9 }] });
  await run.update({ status: 'Validation done', contextBytes: 300_000 });
  if (run.handoffAdvised) await run.handoff('PR 45 in review. Phone numbers are still open.');
});

await fleetbeat.run('Second run', async ({ brief }) => {
  if (!brief) throw new Error('The key belongs to no program');
  const { previousSession, state } = brief;
  console.log(`${previousSession?.name} ${previousSession?.ended}: ${state.contextSummary.handoffNotes}`);
  console.log(`It knows: ${state.learnedPatterns.map(({ pattern }) => pattern).join('; ')}`);
});
