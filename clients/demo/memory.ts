/** The program state of a demo agent: patterns of different ages, which only an import can create. */
import type { Fleetbeat } from '../typescript/src/index.ts';
import type { AgentScript } from './agent-scripts.ts';

const DAY_MS = 86_400_000;

/** Patterns with their confidence, and how many days ago they were last reinforced. */
const SEED_PATTERNS = [
  ['retry-flaky-login', 'testing', 'The login test fails on the first run after a deploy; run it twice', 0.9, 1],
  ['lint-before-push', 'workflow', 'Run the linter before a push: the queue takes 20 minutes to say so', 0.8, 3],
  ['no-select-star', 'database', 'Name the columns: the orders table has three of 4 MB', 0.7, 12],
  ['old-node-image', 'build', 'Pin the Node image to 20.11', 0.4, 41],
] as const;

/** Uses the agent's key, and an admin's for the import. */
export async function seedMemory(
  agent: Fleetbeat,
  admin: Fleetbeat,
  { programId, name, project }: AgentScript,
): Promise<void> {
  const learnedPatterns = SEED_PATTERNS.map(([id, domain, pattern, confidence]) => ({
    id,
    domain,
    pattern,
    confidence,
    evidence: `Seen in ${project}`,
  }));
  await agent.state.update(programId, { contextSummary: { lastTask: 'Earlier work', activeWorkItems: [name] } });
  await agent.state.update(programId, { learnedPatterns });
  const document = await admin.state.export(programId);
  const ageMsById = new Map<string, number>(SEED_PATTERNS.map(([id, , , , days]) => [id, days * DAY_MS]));
  const aged = document.learnedPatterns.map((pattern) => {
    const at = new Date(Date.now() - (ageMsById.get(pattern.id) ?? 0)).toISOString();
    return { ...pattern, discoveredAt: at, lastReinforcedAt: at };
  });
  await admin.state.import(programId, { mode: 'overwrite', document: { ...document, learnedPatterns: aged } });
}
