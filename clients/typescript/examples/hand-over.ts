/** One run of a program leaves its notes, and the next one starts with them. Needs a program's key. */
import { createFleetbeat } from '@fleetbeat/client';

const { FLEETBEAT_URL: baseUrl = 'http://127.0.0.1:8787', FLEETBEAT_KEY: key = '' } = process.env;
const fleetbeat = createFleetbeat({ baseUrl, key });
const programId = (await fleetbeat.me()).programId ?? '';

{
  await using run = await fleetbeat.boot(programId, { name: 'First run', contextLimitBytes: 400_000 });
  const pattern = 'Always validate JWT expiry before role check';
  await run.remember({ learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern, confidence: 0.9 }] });
  await run.update({ status: 'Validation done', contextBytes: 300_000 });
  if (run.handoffAdvised) await run.handoff('PR 45 in review. Phone numbers are still open.');
}

await using next = await fleetbeat.boot(programId, { name: 'Second run' });
const { previousSession, state } = next.brief;
console.log(`${previousSession?.name} ${previousSession?.ended}: ${state.contextSummary.handoffNotes}`);
console.log(`It knows: ${state.learnedPatterns.map(({ pattern }) => pattern).join('; ')}`);
