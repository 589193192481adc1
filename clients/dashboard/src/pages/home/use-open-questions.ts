/** The open questions of the fleet, by the session that asks. */
import type { components } from '@fleetbeat/client';
import { fleetbeat } from '../../auth.ts';
import { type ServerQuery, useServerQuery } from '../../live/use-server-query.ts';

type Question = components['schemas']['Question'];
export type OpenQuestions = ReadonlyMap<string, readonly Question[]>;

/** Loaded for the whole fleet at once: a request for each card would be as many as agents that ask. */
export const useOpenQuestions = (): ServerQuery<OpenQuestions> =>
  useServerQuery(loadOpenQuestions, [], { reloadOnEvent: ({ type }) => type.startsWith('question.') });

async function loadOpenQuestions(): Promise<OpenQuestions> {
  const found = new Map<string, Question[]>();
  for await (const question of fleetbeat().questions.all({ limit: 50 })) {
    const others = found.get(question.sessionId);
    if (others) others.push(question);
    else found.set(question.sessionId, [question]);
  }
  return found;
}
