/** Ids as people type them: the beginning or the end of one is enough, as long as only one fits. */
import { FleetbeatError } from '@fleetbeat/client';
import { EXIT, Failure } from './exit.ts';
import { oneLine } from './text.ts';

/** What an id may stand for: the id, and words that tell it from the others. */
export interface Candidate {
  readonly id: string;
  readonly words: string;
}

/** So few letters fit by chance. */
const MIN_LENGTH = 4;
/** Older ones are named in full. */
const MAX_CANDIDATES = 1_000;
const MAX_SHOWN = 10;

/**
 * Does `act` with the id that was typed, and when the server knows none such, with the one candidate that begins or ends
 * with it. So a whole id costs nothing more. Throws a `Failure` that lists the candidates when several fit.
 */
export async function withShortId<Result>(
  typed: string,
  candidates: () => AsyncIterable<Candidate>,
  act: (id: string) => Promise<Result>,
): Promise<Result> {
  try {
    return await act(typed);
  } catch (error) {
    // A part of an id is none of this server's ids (404), or not even written like one (400).
    if (!(error instanceof FleetbeatError) || (error.status !== 404 && error.status !== 400)) throw error;
    if (typed.length < MIN_LENGTH) throw error;
    const fitting = await findFitting(typed, candidates());
    const [found] = fitting;
    if (!found) throw error;
    if (fitting.length > 1) throw ambiguous(typed, fitting);
    return act(found.id);
  }
}

async function findFitting(typed: string, candidates: AsyncIterable<Candidate>): Promise<readonly Candidate[]> {
  const fitting = new Map<string, Candidate>();
  let count = 0;
  for await (const candidate of candidates) {
    if (candidate.id.startsWith(typed) || candidate.id.endsWith(typed)) fitting.set(candidate.id, candidate);
    count += 1;
    if (count >= MAX_CANDIDATES) break;
  }
  return [...fitting.values()];
}

function ambiguous(typed: string, fitting: readonly Candidate[]): Failure {
  const lines = fitting.slice(0, MAX_SHOWN).map(({ id, words }) => `${id}  ${oneLine(words)}`);
  const more = fitting.length > MAX_SHOWN ? [`and ${fitting.length - MAX_SHOWN} more`] : [];
  const candidates = fitting.map(({ id }) => id);
  return new Failure(`${oneLine(typed)} fits ${fitting.length} ids`, EXIT.usage, [...lines, ...more].join('\n'), {
    candidates,
  });
}
