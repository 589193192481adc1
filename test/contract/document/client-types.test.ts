/** What the compiler knows of the typed client. `make check` compiles this file; running it only counts. */
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

test('an answer has the type that the document gives it', () => {
  expectTypeOf(fleetbeat.sessions.get).returns.resolves.toEqualTypeOf<Schemas['Session']>();
  expectTypeOf(fleetbeat.state.read).returns.resolves.toEqualTypeOf<Schemas['ProgramState']>();
  expectTypeOf(fleetbeat.state.readIfChanged).returns.resolves.toEqualTypeOf<Schemas['ProgramState'] | null>();
  expectTypeOf(fleetbeat.keys.revoke).returns.resolves.toBeVoid();
  expectTypeOf(fleetbeat.server.metrics).returns.resolves.toBeString();
});

test('a sequence has the items of its pages', () => {
  expectTypeOf(fleetbeat.sessions.all()).toEqualTypeOf<AsyncGenerator<Schemas['Session'], void, undefined>>();
  expectTypeOf(fleetbeat.tasks.all()).toEqualTypeOf<AsyncGenerator<Schemas['TaskSummary'], void, undefined>>();
  expectTypeOf(fleetbeat.events()).toEqualTypeOf<AsyncGenerator<FleetEvent, void, undefined>>();
});

test('a session can be disposed of, and a booted one has its brief', () => {
  expectTypeOf<Session>().toExtend<AsyncDisposable>();
  expectTypeOf<BootedSession>().toExtend<Session>();
  expectTypeOf<BootedSession['brief']>().toEqualTypeOf<Schemas['Boot']>();
  expectTypeOf<Session['life']>().toEqualTypeOf<'alive' | 'lost' | 'over'>();
});

test('trouble that is superseded names the successor, and no other does', () => {
  expectTypeOf<Extract<SessionFailure, { kind: 'superseded' }>>().toHaveProperty('successor');
  expectTypeOf<Extract<SessionFailure, { kind: 'lost' }>>().not.toHaveProperty('successor');
});

test('what the server would refuse does not compile', () => {
  type Opening = Parameters<typeof fleetbeat.session>[0];
  expectTypeOf<{ status: string }>().not.toExtend<Opening>();
  expectTypeOf<{ name: string; state: 'asleep' }>().not.toExtend<Opening>();
  expectTypeOf<{ name: string; state: 'blocked'; timeoutMs: number }>().toExtend<Opening>();
  expectTypeOf<'lastHeartbeat'>().not.toExtend<keyof Parameters<Session['update']>[0]>();
  type Change = Parameters<typeof fleetbeat.state.change>[1];
  expectTypeOf<(current: Schemas['ProgramState']) => null>().toExtend<Change>();
  expectTypeOf<(current: Schemas['ProgramState']) => { version: number }>().not.toExtend<Change>();
});
