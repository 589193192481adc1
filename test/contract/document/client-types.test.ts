/** The types of the client. `make check` compiles this file, which is the test; running it asserts nothing. */
import { expectTypeOf, test } from 'vitest';
import {
  type BootedSession,
  type components,
  createFleetbeat,
  type FleetEvent,
  type Session,
  type SessionFailure,
} from '../../../clients/typescript/src/index.ts';

type Schemas = components['schemas'];
const fleetbeat = createFleetbeat({ baseUrl: 'http://localhost', key: 'fb_a_b' });

test('a result has the type of the response in the document', () => {
  expectTypeOf(fleetbeat.sessions.get).returns.resolves.toEqualTypeOf<Schemas['Session']>();
  expectTypeOf(fleetbeat.state.read).returns.resolves.toEqualTypeOf<Schemas['ProgramState']>();
  expectTypeOf(fleetbeat.state.readIfChanged).returns.resolves.toEqualTypeOf<Schemas['ProgramState'] | null>();
  expectTypeOf(fleetbeat.keys.revoke).returns.resolves.toBeVoid();
  expectTypeOf(fleetbeat.server.metrics).returns.resolves.toBeString();
});

test('an iterator over pages yields their items', () => {
  expectTypeOf(fleetbeat.sessions.all()).toEqualTypeOf<AsyncGenerator<Schemas['Session'], void, undefined>>();
  expectTypeOf(fleetbeat.tasks.all()).toEqualTypeOf<AsyncGenerator<Schemas['TaskSummary'], void, undefined>>();
  expectTypeOf(fleetbeat.events()).toEqualTypeOf<AsyncGenerator<FleetEvent, void, undefined>>();
});

test('a session is disposable, and a booted one has its brief', () => {
  expectTypeOf<Session>().toExtend<AsyncDisposable>();
  expectTypeOf<BootedSession>().toExtend<Session>();
  expectTypeOf<BootedSession['brief']>().toEqualTypeOf<Schemas['Boot']>();
  expectTypeOf<Session['life']>().toEqualTypeOf<'alive' | 'lost' | 'over'>();
});

test('a superseded session names its successor, and no other failure does', () => {
  expectTypeOf<Extract<SessionFailure, { kind: 'superseded' }>>().toHaveProperty('successor');
  expectTypeOf<Extract<SessionFailure, { kind: 'lost' }>>().not.toHaveProperty('successor');
});

test('a call that the server would refuse does not compile', () => {
  type Opening = Parameters<typeof fleetbeat.session>[0];
  expectTypeOf<{ status: string }>().not.toExtend<Opening>();
  expectTypeOf<{ name: string; state: 'asleep' }>().not.toExtend<Opening>();
  expectTypeOf<{ name: string; state: 'blocked'; timeoutMs: number }>().toExtend<Opening>();
  expectTypeOf<'lastHeartbeat'>().not.toExtend<keyof Parameters<Session['update']>[0]>();
  type Change = Parameters<typeof fleetbeat.state.change>[1];
  expectTypeOf<(current: Schemas['ProgramState']) => null>().toExtend<Change>();
  expectTypeOf<(current: Schemas['ProgramState']) => { version: number }>().not.toExtend<Change>();
});

test('the id of one thing is not accepted for another, and any text is', () => {
  type Task = Schemas['Task'];
  type TaskArgument = Parameters<typeof fleetbeat.tasks.claim>[0];
  expectTypeOf<Task['taskId']>().toExtend<TaskArgument>();
  expectTypeOf<string>().toExtend<TaskArgument>();
  expectTypeOf<Task['taskId']>().toExtend<string>();
  expectTypeOf<Session['sessionId']>().not.toExtend<TaskArgument>();
  expectTypeOf<Schemas['Session']['sessionId']>().not.toExtend<TaskArgument>();
  expectTypeOf<Task['taskId']>().not.toExtend<Parameters<typeof fleetbeat.state.read>[0]>();
  expectTypeOf<Task['taskId']>().not.toExtend<Parameters<typeof fleetbeat.sessions.get>[0]>();
  expectTypeOf<Task['taskId']>().not.toExtend<Parameters<typeof fleetbeat.tasks.claim>[1]>();
  expectTypeOf<Schemas['Question']['questionId']>().not.toExtend<Parameters<Session['tasks']['complete']>[0]>();
  expectTypeOf<Task['taskId']>().not.toExtend<Schemas['TaskCompletion']['sessionId']>();
});

test("an id is text in openapi-fetch's answers and requests, too", () => {
  const read = () => fleetbeat.api.GET('/v1/tasks/{taskId}', { params: { path: { taskId: 'one' } } });
  type Read = NonNullable<Awaited<ReturnType<typeof read>>['data']>;
  expectTypeOf<Read['taskId']>().toEqualTypeOf<string>();
  expectTypeOf<Read['state']>().toEqualTypeOf<Schemas['Task']['state']>();
  expectTypeOf<Read>().toExtend<Schemas['Task']>();
});
