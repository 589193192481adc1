/** The simulated fleet: keys, program states, tasks, and a dozen agents that run until they are stopped. */
import { setTimeout as pause } from 'node:timers/promises';
import { createFleetbeat, type Fleetbeat } from '../typescript/src/index.ts';
import { runAgent, type SimulationOptions } from './agent.ts';
import { AGENT_SCRIPTS } from './agent-scripts.ts';
import { seedMemory } from './memory.ts';

/** Resolves when all agents have stopped; rejects when the server rejects one. */
export async function simulate(baseUrl: string, adminKey: string, options: SimulationOptions): Promise<void> {
  const admin = createFleetbeat({ baseUrl, key: adminKey });
  const agents = await Promise.all(
    AGENT_SCRIPTS.map(async (part) => {
      const { key } = await admin.keys.create({ programId: part.programId, label: `${part.programId} of the demo` });
      const agent = createFleetbeat({ baseUrl, key });
      await seedMemory(agent, admin, part);
      return { agent, part };
    }),
  );
  await createTasks(admin);
  await Promise.all([
    ...agents.map(({ agent, part }, number) => runAgent(agent, part, number, options)),
    exchangeMessages(
      agents.map(({ agent }) => agent),
      options,
    ),
  ]);
}

async function createTasks(admin: Fleetbeat): Promise<void> {
  const work = [
    ['Review PR 491', 'code-reviewer', 4],
    ['Write the release notes of 4.12', 'docs-writer', 3],
    ['Find out why /suggest is slow on Mondays', 'perf-tuner', 2],
    ['Renew the certificates of staging', '*', 5],
    ['Delete branches that were merged in spring', '*', 1],
  ] as const;
  for (const [title, target, priority] of work) await admin.tasks.create({ title, target, priority });
}

/** Occasionally an agent sends another a message; its next session reads the newest. */
async function exchangeMessages(agents: readonly Fleetbeat[], { beatMs, stop }: SimulationOptions): Promise<void> {
  try {
    for (let turn = 0; !stop.aborted; turn += 1) {
      const to = AGENT_SCRIPTS[(turn * 5 + 2) % AGENT_SCRIPTS.length]?.programId ?? '*';
      const from = turn % AGENT_SCRIPTS.length;
      const text = `${AGENT_SCRIPTS[from]?.name}: ready for you to look at`;
      await agents[from]?.messages.send({ to, kind: 'STATUS', text });
      await pause(12 * beatMs, undefined, { signal: stop });
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
}
