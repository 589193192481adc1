/** The operations of a fake server: those that runs, workers and their tests need. */
import { type Clock, toMilliseconds } from '../clock.js';
import type { Schemas } from '../contract-types.js';
import type { components, operations } from '../generated/types.js';
import { type FakeStore, refuse } from './store.js';

/** What a request says: the ids in its path, its query and its body. */
export interface FakeRequest {
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
  /** As each handler says it is. */
  readonly body: never;
}

type Route = readonly [method: string, path: RegExp, handle: (request: FakeRequest) => unknown];
type Body<Id extends keyof operations> = operations[Id] extends {
  requestBody?: { content: { 'application/json': infer Json } };
}
  ? Json
  : never;

const route = <Id extends keyof operations>(
  _operation: Id,
  method: string,
  path: string,
  handle: (ids: readonly string[], body: Body<Id>, query: URLSearchParams) => unknown,
): Route => [
  method,
  new RegExp(`^/v1${path.replaceAll(':id', '([^/]+)')}$`),
  ({ ids, body, query }) => handle(ids, body, query),
];

export function createRoutes(store: FakeStore, clock: Clock): readonly Route[] {
  const { programId } = store;
  const page = (name: string, items: readonly unknown[]) => ({ [name]: items, nextCursor: null });
  const findTask = (taskId = '') => {
    const task = store.tasks.find((each) => each.taskId === taskId);
    if (!task) throw refuse('task-not-found', 404, `There is no task '${taskId}'.`);
    return task;
  };
  const current = (sessionId = 'current') =>
    sessionId === 'current'
      ? (store.sessions.findLast(({ state }) => state !== 'complete')?.sessionId ?? '')
      : sessionId;
  const findQuestion = (questionId = '') => {
    const question = store.questions.find((each) => each.questionId === questionId);
    if (!question) throw refuse('question-not-found', 404, `There is no question '${questionId}'.`);
    return question;
  };

  return [
    route('whoAmI', 'GET', '/me', () => ({ ...ME, programId })),
    route('createSession', 'POST', '/sessions', (_ids, body) => store.openSession(body)),
    route('updateSession', 'PATCH', '/sessions/:id', ([id], body) => store.updateSession(current(id), body)),
    route('getSession', 'GET', '/sessions/:id', ([id]) => store.findSession(current(id))),
    route('listSessions', 'GET', '/sessions', () => page('sessions', store.sessions)),
    route('bootProgram', 'POST', '/programs/:id/boot', (_ids, body) => store.boot(body)),
    route('getProgramState', 'GET', '/programs/:id/state', () => {
      const { summary: contextSummary, version } = store;
      return {
        programId,
        exists: version > 0,
        version,
        contextSummary,
        contextSummaryExpired: false,
        learnedPatterns: [],
      };
    }),
    route('updateProgramState', 'PATCH', '/programs/:id/state', (_ids, { sessionId, contextSummary }) => {
      if (sessionId) store.findWritable(sessionId);
      Object.assign(store.summary, contextSummary);
      store.version += 1;
      return { programId, version: store.version };
    }),
    route('createTask', 'POST', '/tasks', (_ids, body) => createTask(store, body)),
    route('listTasks', 'GET', '/tasks', (_ids, _body, query) => {
      const state = query.get('claimedBy') ? 'claimed' : 'created';
      return page(
        'tasks',
        store.tasks.filter((task) => task.state === state),
      );
    }),
    route('getTask', 'GET', '/tasks/:id', ([id]) => findTask(id)),
    route('claimTask', 'POST', '/tasks/:id/claim', ([id], body) => {
      const task = findTask(id);
      const session = store.findWritable(current(body?.sessionId));
      if (task.state !== 'created' && task.claimedSession !== session.sessionId)
        throw refuse('task-taken', 409, `Task '${task.taskId}' is ${task.state}.`);
      const { sessionId: claimedSession } = session;
      return Object.assign(task, { state: 'claimed', claimedBy: programId, claimedSession, claimedAt: store.now() });
    }),
    route('releaseTask', 'POST', '/tasks/:id/release', ([id]) => {
      const task = Object.assign(findTask(id), {
        state: 'created',
        claimedBy: null,
        claimedSession: null,
        claimedAt: null,
      });
      store.publish('task.released', null, task);
      return task;
    }),
    route('completeTask', 'POST', '/tasks/:id/complete', ([id], { outcome, result = null, sessionId }) => {
      if (sessionId) store.findWritable(sessionId);
      return Object.assign(findTask(id), { state: 'completed', outcome, result, completedAt: store.now() });
    }),
    route('listMessages', 'GET', '/messages', () =>
      page(
        'messages',
        store.messages.filter(({ acknowledgedAt }) => acknowledgedAt === null),
      ),
    ),
    route('acknowledgeMessage', 'POST', '/messages/:id/acknowledge', ([id]) => {
      const message = store.messages.find(({ messageId }) => messageId === id);
      if (!message) throw refuse('message-not-found', 404, `There is no message '${id}'.`);
      return Object.assign(message, { acknowledgedAt: store.now() });
    }),
    route('askHuman', 'POST', '/questions', (_ids, body) => {
      const session = store.findWritable(current(body.sessionId));
      Object.assign(session, { state: 'blocked', status: body.title });
      const expiresAt = new Date(clock.now() + 1_000 * (body.ttlSeconds ?? 86_400)).toISOString();
      const question: Schemas['Question'] = {
        ...{ questionId: store.createId('question'), programId, sessionId: session.sessionId, title: body.title },
        ...{ kind: body.kind ?? 'question', details: body.details ?? [], options: body.options ?? [] },
        ...{ freeText: body.freeText ?? true, state: 'open', answer: null, answeredBy: null },
        ...{ createdAt: store.now(), expiresAt, closedAt: null },
      };
      store.questions.push(question);
      return question;
    }),
    route('getQuestion', 'GET', '/questions/:id', async ([id], _body, query) => {
      const question = findQuestion(id);
      const until = clock.now() + toMilliseconds(`${Number(query.get('wait') ?? 0)}s`);
      while (question.state === 'open' && clock.now() < until) {
        if (clock.now() >= Date.parse(question.expiresAt)) closeQuestion(store, question, { state: 'expired' });
        else
          await new Promise<void>((resolve) => {
            const stop = clock.after(1_000, resolve);
            onClose(question, () => {
              stop();
              resolve();
            });
          });
      }
      return question;
    }),
    route('listQuestions', 'GET', '/questions', () =>
      page(
        'questions',
        store.questions.filter(({ state }) => state === 'open'),
      ),
    ),
    route('withdrawQuestion', 'POST', '/questions/:id/withdraw', ([id]) =>
      closeQuestion(store, findQuestion(id), { state: 'withdrawn' }),
    ),
  ];
}

const ME = {
  ...{ accountId: 'fake', accountName: 'Fake', tier: 'unlimited', keyId: 'fake', label: null },
  ...{ role: 'program', renewable: false, expiresAt: '2100-01-01T00:00:00.000Z', csrfToken: null },
} satisfies Omit<components['schemas']['Me'], 'programId'>;

export function createTask(store: FakeStore, given: Schemas['TaskCreate']): Schemas['Task'] {
  const task: Schemas['Task'] = {
    ...{ taskId: store.createId('task'), title: given.title, target: given.target, priority: given.priority ?? 3 },
    ...{
      state: 'created',
      outcome: null,
      expired: false,
      claimedBy: null,
      claimedSession: null,
      createdBy: store.programId,
    },
    ...{ createdAt: store.now(), claimedAt: null, completedAt: null, expiresAt: null },
    ...{ instructions: given.instructions ?? '', result: null },
  };
  store.tasks.push(task);
  store.publish('task.created', null, task);
  return task;
}

const closeListeners = new WeakMap<Schemas['Question'], (() => void)[]>();
const onClose = (question: Schemas['Question'], listener: () => void) =>
  void closeListeners.set(question, [...(closeListeners.get(question) ?? []), listener]);

/** Closes a question, and wakes those that wait for it; its session goes on. */
export function closeQuestion(
  store: FakeStore,
  question: Schemas['Question'],
  end: Partial<Schemas['Question']>,
): Schemas['Question'] {
  Object.assign(question, end, { closedAt: store.now() });
  const session = store.findSession(question.sessionId);
  if (session.state === 'blocked') session.state = 'working';
  for (const listener of closeListeners.get(question) ?? []) listener();
  return question;
}
