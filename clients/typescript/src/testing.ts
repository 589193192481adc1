/** A Fleetbeat server for unit tests, in the process and without a network: `import { fakeFleetbeat } from '@fleetbeat/client/testing'`. */
import type { Fleetbeat } from './client.js';
import type { Duration } from './clock.js';
import { toMilliseconds } from './clock.js';
import type { Schemas } from './contract-types.js';
import { FleetbeatError } from './error.js';
import { FakeClock, settle } from './fake/clock.js';
import { closeQuestion, createRoutes, createTask } from './fake/routes.js';
import { FakeStore, refuse } from './fake/store.js';
import { FakeStreams } from './fake/streams.js';
import { createFleetbeat } from './index.js';
import type { Fetch } from './options.js';

export interface FakeFleetbeat {
  /** A client with a key of the program `builder`, or of the one that was named. */
  readonly client: Fleetbeat;
  /** The time of client and server; it stands still until `await fake.clock.tick('10m')`. */
  readonly clock: FakeClock;
  /** Every session, the oldest first, as the server has it now. */
  readonly sessions: readonly Schemas['SessionReport'][];
  readonly tasks: readonly Schemas['Task'][];
  readonly questions: readonly Schemas['Question'][];
  /** Every request that was sent, as `PATCH /v1/sessions/session-1`, also those that nobody answered. */
  readonly requests: readonly string[];
  /** Nobody answers, for this time of the clock or until `back`. */
  away(duration?: Duration): void;
  back(): void;
  /** Another session takes over from this one, by default from the newest; it learns that by an event. */
  supersede(session?: { readonly sessionId: string }): void;
  /** Answers the oldest open question: with one of its options, or in a person's own words. Waits until one is asked. */
  answer(text: string): Promise<void>;
  /** Sends a message to the program, as a person. */
  send(text: string): void;
  createTask(task: Omit<Schemas['TaskCreate'], 'target'>): Schemas['Task'];
  pause(paused?: boolean): void;
}

const BASE_URL = 'http://fleetbeat.test';
const ASK_ROUNDS = 200;

/** The operations of sessions, boots, memory, tasks, messages, questions and events; any other rejects and says so. */
export function fakeFleetbeat({ programId = 'builder' }: { readonly programId?: string } = {}): FakeFleetbeat {
  const clock = new FakeClock();
  const streams = new FakeStreams();
  const store = new FakeStore(programId, clock, streams);
  const routes = createRoutes(store, clock);
  const requests: string[] = [];
  let awayUntil = Number.NEGATIVE_INFINITY;

  const respond: Fetch = async (address, init) => {
    const { pathname, searchParams: query } = new URL(address);
    requests.push(`${init.method} ${pathname}`);
    if (clock.now() < awayUntil) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    if (pathname === '/v1/events') {
      const after = new Headers(init.headers).get('last-event-id') ?? query.get('after');
      return streams.open(after === null ? undefined : Number(after), init.signal);
    }
    const [, pattern, handle] = routes.find(([method, path]) => method === init.method && path.test(pathname)) ?? [];
    try {
      if (!pattern || !handle) throw refuse('route-not-found', 404, `The fake has no ${init.method} ${pathname}.`);
      const ids = (pattern.exec(pathname) ?? []).slice(1).map(decodeURIComponent);
      const body = (init.body ? JSON.parse(String(init.body)) : {}) as never;
      return Response.json(await handle({ ids, query, body }));
    } catch (error) {
      if (!(error instanceof FleetbeatError)) throw error;
      return Response.json(error.problem, { status: error.status });
    }
  };

  return {
    client: createFleetbeat({ baseUrl: BASE_URL, key: 'fb_fake_key', fetch: respond, clock, random: () => 0.5 }),
    clock,
    sessions: store.sessions,
    tasks: store.tasks,
    questions: store.questions,
    requests,
    away(duration = Number.POSITIVE_INFINITY) {
      awayUntil = clock.now() + toMilliseconds(duration);
      streams.closeAll();
    },
    back() {
      awayUntil = Number.NEGATIVE_INFINITY;
    },
    supersede(session = store.sessions.at(-1) ?? { sessionId: '' }) {
      store.supersede(store.findSession(session.sessionId), store.openSession({ name: 'Successor' }));
    },
    async answer(text) {
      for (let round = 0; round < ASK_ROUNDS; round += 1) {
        const question = store.questions.find(({ state }) => state === 'open');
        if (question) {
          const answer = question.options.includes(text) ? { option: text, text: null } : { option: null, text };
          closeQuestion(store, question, { state: 'answered', answer, answeredBy: 'A person' });
          return;
        }
        await settle();
      }
      throw new TypeError('Nobody has asked anything');
    },
    send(text) {
      const messageId = store.createId('message');
      const message: Schemas['Message'] = {
        ...{ messageId, sender: null, senderKeyId: 'fake', to: programId, kind: 'DIRECTIVE', text, replyTo: null },
        ...{ createdAt: store.now(), expiresAt: null, recipient: programId },
        ...{ deliveredAt: null, acknowledgedAt: null, answeredAt: null },
      };
      store.messages.push(message);
      store.publish('message.sent', null, message);
    },
    createTask: (task) => createTask(store, { ...task, target: programId }),
    pause(paused = true) {
      store.paused = paused;
      store.publish('program.updated', null, { displayName: programId, paused });
    },
  };
}
