/** One simulated agent: calls the server as a real one would, run after run, until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Fleetbeat } from '../typescript/src/index.ts';
import type { AgentScript } from './agent-scripts.ts';

export interface SimulationOptions {
  /** Milliseconds between two updates of an agent. */
  readonly beatMs: number;
  readonly stop: AbortSignal;
}

const WINDOW_BYTES = 800_000;
/** A blocked agent without an answer continues after this many updates. */
const MAX_WAIT_BEATS = 30;

/** Resolves when it is stopped. Each run has a new id; `number` makes agents differ. */
export async function runAgent(
  agent: Fleetbeat,
  part: AgentScript,
  number: number,
  options: SimulationOptions,
): Promise<void> {
  const wait = (beats: number) =>
    pause(beats * options.beatMs * (0.8 + ((number * 7) % 5) / 10), undefined, { signal: options.stop });
  try {
    for (let run = 1; !options.stop.aborted; run += 1) {
      await runSession(agent, part, `${part.programId}-${run}`, (number + run) % 3 === 0, wait);
      await wait(6);
    }
  } catch (error) {
    if (!options.stop.aborted) throw error;
  }
}

async function runSession(
  agent: Fleetbeat,
  { programId, name, project, statuses, question, ending }: AgentScript,
  sessionId: string,
  isLong: boolean,
  wait: (beats: number) => Promise<unknown>,
): Promise<void> {
  await agent.sessions.create({ sessionId, programId, name, projectName: project, contextLimitBytes: WINDOW_BYTES });
  const total = statuses.length * (isLong ? 4 : 3);
  for (let beat = 0; beat < total; beat += 1) {
    const status = statuses[Math.floor((beat * statuses.length) / total)] ?? name;
    const share = (beat + 1) / total;
    const contextBytes = Math.round(WINDOW_BYTES * share * (ending === 'handoff' ? 0.9 : 0.55));
    const progress = Math.round(share * 95);
    await agent.sessions.update(sessionId, { status, progress, contextBytes, lastHeartbeat: true });
    await wait(1);
    if (beat === Math.floor(total / 2) && question !== undefined) await askQuestion(agent, sessionId, question, wait);
    // It dies silently, or stays alive without progress: the cases that a dashboard makes visible.
    if (ending === 'silence' && beat === total - 3) return void (await wait(45));
    if (ending === 'stuck' && beat === total - 2) await sendHeartbeats(agent, sessionId, status, 60, wait);
  }
  if (ending === 'handoff') {
    await agent.state.update(programId, { contextSummary: { handoffNotes: `${name}: ${statuses.at(-1)} is next.` } });
    await agent.sessions.update(sessionId, {
      status: 'My context is full',
      handoffRequired: true,
      lastHeartbeat: true,
    });
    await sendHeartbeats(agent, sessionId, 'My context is full', 10, wait);
  }
  await agent.state.update(programId, { contextSummary: { lastTask: name, activeWorkItems: [] }, sessionId });
  await agent.sessions.update(sessionId, { status: 'Done', progress: 100, state: 'complete' });
}

/** Waits for a person's message, acknowledges it, and continues. */
async function askQuestion(
  agent: Fleetbeat,
  sessionId: string,
  question: string,
  wait: (beats: number) => Promise<unknown>,
): Promise<void> {
  await agent.sessions.update(sessionId, { status: question, state: 'blocked', lastHeartbeat: true });
  for (let beat = 0; beat < MAX_WAIT_BEATS; beat += 1) {
    await wait(1);
    const { pendingMessages } = await agent.sessions.update(sessionId, { status: question, lastHeartbeat: true });
    const { messages } = pendingMessages > 0 ? await agent.messages.list() : { messages: [] };
    for (const { messageId } of messages) await agent.messages.acknowledge(messageId);
    if (messages.some(({ kind }) => kind === 'DIRECTIVE')) break;
  }
  await agent.sessions.update(sessionId, { status: 'Going on', state: 'working', lastHeartbeat: true });
}

async function sendHeartbeats(
  agent: Fleetbeat,
  sessionId: string,
  status: string,
  beats: number,
  wait: (beats: number) => Promise<unknown>,
): Promise<void> {
  for (let beat = 0; beat < beats; beat += 1) {
    await agent.sessions.update(sessionId, { status, lastHeartbeat: true });
    await wait(1);
  }
}
