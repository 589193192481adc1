/** One simulated agent: run after run, as a real one would speak to the server, until it is told to stop. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Fleetbeat } from '../typescript/src/index.ts';
import type { Part } from './cast.ts';

export interface Tempo {
  /** Between two words of an agent, in milliseconds. */
  readonly beatMs: number;
  readonly stop: AbortSignal;
}

const WINDOW_BYTES = 800_000;
/** A blocked agent that nobody answers helps itself after so many beats. */
const PATIENCE = 30;

/** Each run has another id; the number makes agents differ. Ends without an error when it is told to stop. */
export async function play(agent: Fleetbeat, part: Part, number: number, tempo: Tempo): Promise<void> {
  const rest = (beats: number) =>
    pause(beats * tempo.beatMs * (0.8 + ((number * 7) % 5) / 10), undefined, { signal: tempo.stop });
  try {
    for (let run = 1; !tempo.stop.aborted; run += 1) {
      await playOnce(agent, part, `${part.programId}-${run}`, (number + run) % 3 === 0, rest);
      await rest(6);
    }
  } catch (error) {
    if (!tempo.stop.aborted) throw error;
  }
}

async function playOnce(
  agent: Fleetbeat,
  { programId, name, project, steps, question, end }: Part,
  sessionId: string,
  isLong: boolean,
  rest: (beats: number) => Promise<unknown>,
): Promise<void> {
  await agent.sessions.create({ sessionId, programId, name, projectName: project, contextLimitBytes: WINDOW_BYTES });
  const total = steps.length * (isLong ? 4 : 3);
  for (let beat = 0; beat < total; beat += 1) {
    const status = steps[Math.floor((beat * steps.length) / total)] ?? name;
    const share = (beat + 1) / total;
    const contextBytes = Math.round(WINDOW_BYTES * share * (end === 'handoff' ? 0.9 : 0.55));
    const progress = Math.round(share * 95);
    await agent.sessions.update(sessionId, { status, progress, contextBytes, lastHeartbeat: true });
    await rest(1);
    if (beat === Math.floor(total / 2) && question !== undefined) await ask(agent, sessionId, question, rest);
    // It dies without a word, or lives on without moving: what nobody sees who has no dashboard.
    if (end === 'silence' && beat === total - 3) return void (await rest(45));
    if (end === 'stuck' && beat === total - 2) await beatOn(agent, sessionId, status, 60, rest);
  }
  if (end === 'handoff') {
    await agent.state.update(programId, { contextSummary: { handoffNotes: `${name}: ${steps.at(-1)} is next.` } });
    await agent.sessions.update(sessionId, {
      status: 'My context is full',
      handoffRequired: true,
      lastHeartbeat: true,
    });
    await beatOn(agent, sessionId, 'My context is full', 10, rest);
  }
  await agent.state.update(programId, { contextSummary: { lastTask: name, activeWorkItems: [] }, sessionId });
  await agent.sessions.update(sessionId, { status: 'Done', progress: 100, state: 'complete' });
}

/** Waits for a message of a person, takes it, and goes on. */
async function ask(
  agent: Fleetbeat,
  sessionId: string,
  question: string,
  rest: (beats: number) => Promise<unknown>,
): Promise<void> {
  await agent.sessions.update(sessionId, { status: question, state: 'blocked', lastHeartbeat: true });
  for (let beat = 0; beat < PATIENCE; beat += 1) {
    await rest(1);
    const { pendingMessages } = await agent.sessions.update(sessionId, { status: question, lastHeartbeat: true });
    const { messages } = pendingMessages > 0 ? await agent.messages.list() : { messages: [] };
    for (const { messageId } of messages) await agent.messages.acknowledge(messageId);
    if (messages.some(({ kind }) => kind === 'DIRECTIVE')) break;
  }
  await agent.sessions.update(sessionId, { status: 'Going on', state: 'working', lastHeartbeat: true });
}

async function beatOn(
  agent: Fleetbeat,
  sessionId: string,
  status: string,
  beats: number,
  rest: (beats: number) => Promise<unknown>,
): Promise<void> {
  for (let beat = 0; beat < beats; beat += 1) {
    await agent.sessions.update(sessionId, { status, lastHeartbeat: true });
    await rest(1);
  }
}
