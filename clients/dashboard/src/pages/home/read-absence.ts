/** What happened since the last visit: read once, newest first, and no more than a person would read. */
import { type components, type EventOf, type Fleetbeat, FleetbeatError } from '@fleetbeat/client';
import type { Visit } from '../../live/last-visit.ts';

type Question = components['schemas']['Question'];

/** One line of the report. */
export interface Happening {
  readonly key: string;
  readonly programId: string | null;
  readonly sessionId: string;
  readonly text: string;
  readonly at: string;
}

export interface Absence {
  readonly finished: readonly Happening[];
  readonly asked: readonly Happening[];
  readonly died: readonly Happening[];
  /** Whether events from the beginning of the absence are no longer stored. */
  readonly isPartial: boolean;
}

const TYPES = ['session.archived'] as const;
const PAGE_SIZE = 50;
const MAX_PAGES = 4;

/** `until` is the number of the event up to which the feed is read. */
export async function readAbsence(fleetbeat: Fleetbeat, visit: Visit, until: number): Promise<Absence> {
  const [finished, asked, deaths] = await Promise.all([
    readFinished(fleetbeat, visit.at),
    readQuestions(fleetbeat, visit.at),
    readDeaths(fleetbeat, visit.sequence, until),
  ]);
  return {
    finished,
    asked: asked.map((question) => ({
      key: question.questionId,
      programId: question.programId,
      sessionId: question.sessionId,
      text: `${question.title} · ${describeAnswer(question)}`,
      at: question.createdAt,
    })),
    died: deaths.events.map(({ sequence, programId, sessionId, data, at }) => ({
      key: String(sequence),
      programId,
      sessionId,
      text: [data.name, data.status].filter(Boolean).join(' · '),
      at,
    })),
    isPartial: deaths.isPartial,
  };
}

const describeAnswer = ({ state, answeredBy }: Question): string =>
  state === 'answered' ? `answered by ${answeredBy ?? 'somebody'}` : state === 'open' ? 'not answered yet' : state;

async function readFinished(fleetbeat: Fleetbeat, since: number): Promise<Happening[]> {
  const found: Happening[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const query = { state: 'complete' as const, limit: PAGE_SIZE, ...(cursor !== undefined && { cursor }) };
    const { sessions, nextCursor } = await fleetbeat.sessions.list(query);
    for (const session of sessions) {
      // One that was taken over has not finished: its successor goes on.
      if (session.successor !== null || Date.parse(session.completedAt ?? '') < since) continue;
      const text = [session.name, session.status].filter(Boolean).join(' · ');
      const { sessionId, programId, completedAt } = session;
      found.push({ key: sessionId, programId, sessionId, text, at: completedAt ?? session.updatedAt });
    }
    const oldest = sessions.at(-1);
    if (nextCursor === null || !oldest || Date.parse(oldest.updatedAt) < since) break;
    cursor = nextCursor;
  }
  return found;
}

async function readQuestions(fleetbeat: Fleetbeat, since: number): Promise<Question[]> {
  const found: Question[] = [];
  for await (const question of fleetbeat.questions.all({ state: 'all', limit: PAGE_SIZE })) {
    if (Date.parse(question.createdAt) < since || found.length >= PAGE_SIZE * MAX_PAGES) break;
    found.push(question);
  }
  return found;
}

/** Sessions that were archived for their silence, from the feed of events. */
async function readDeaths(fleetbeat: Fleetbeat, after: number, until: number) {
  const events: EventOf<'session.archived'>[] = [];
  if (after >= until) return { events, isPartial: false };
  const stop = new AbortController();
  const onPosition = (position: number) => position >= until && stop.abort();
  try {
    for await (const event of fleetbeat.events({ after, types: TYPES, onPosition, signal: stop.signal })) {
      if (event.data.archiveReason === 'silent') events.unshift(event);
      if (event.sequence >= until || events.length >= PAGE_SIZE * MAX_PAGES) break;
    }
  } catch (error) {
    if (error instanceof FleetbeatError && error.kind === 'events-gone') return { events, isPartial: true };
    throw error;
  }
  return { events, isPartial: false };
}
