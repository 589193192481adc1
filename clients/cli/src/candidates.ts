/** What short ids are looked up in, the newest first. */
import type { Fleetbeat } from '@fleetbeat/client';
import type { Candidate } from './short-id.ts';

async function* mapItems<Item>(items: AsyncIterable<Item>, toCandidate: (item: Item) => Candidate) {
  for await (const item of items) yield toCandidate(item);
}

export const questionCandidates = (fleetbeat: Fleetbeat) => () =>
  mapItems(fleetbeat.questions.all({ state: 'all' }), ({ questionId, programId, title }) => ({
    id: questionId,
    words: [programId, title].filter(Boolean).join(': '),
  }));

export const sessionCandidates = (fleetbeat: Fleetbeat) => () =>
  mapItems(fleetbeat.sessions.all({ state: 'all', includeArchived: true }), ({ sessionId, programId, name }) => ({
    id: sessionId,
    words: [programId, name].filter(Boolean).join(': '),
  }));

export const taskCandidates = (fleetbeat: Fleetbeat) => () =>
  mapItems(fleetbeat.tasks.all({ state: 'all' }), ({ taskId, title }) => ({ id: taskId, words: title }));
