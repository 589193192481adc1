import { describe, expect, test } from 'vitest';
import type { Role } from '../../../openapi/operations.ts';
import type { EventType } from './entity.ts';
import { canResume, type EventSelection, type FilterableEvent, matchesFilter, maySee, toSelection } from './rules.ts';

const reader = (role: Role, programId: string | null = null) => ({ role, programId });
const event = (type: EventType, programId: string | null, data: FilterableEvent['data'] = {}): FilterableEvent => ({
  type,
  programId,
  data,
});

const session = event('session.updated', 'builder');
const state = event('state.written', 'builder');
const silence = event('mass-silence', null);
const paused = event('program.updated', 'builder');
const key = event('key.created', 'builder');
const webhook = event('webhook.updated', 'builder');
const task = event('task.claimed', 'builder', { target: 'builder', createdBy: 'planner' });
const taskForAll = event('task.created', null, { target: '*', createdBy: 'planner' });
const message = event('message.sent', 'builder', { to: 'reviewer', sender: 'builder' });
const messageForAll = event('message.sent', 'builder', { to: '*', sender: 'builder' });
const read = event('message.acknowledged', 'reviewer', { to: '*', sender: 'builder' });
const adminMessage = event('message.sent', null, { to: 'reviewer', sender: null });

describe('who sees which event', () => {
  test.each(['auditor', 'admin', 'operator'] as const)('a key of the role %s sees all of its account', (role) => {
    for (const each of [session, state, silence, paused, key, webhook, task, message, read])
      expect(maySee(reader(role), each)).toBe(true);
    expect(maySee(reader(role, 'tester'), state)).toBe(true);
  });

  test.each([
    ['every session', session, ['builder', 'planner', 'reviewer', 'tester']],
    ['the writes of its own state', state, ['builder']],
    ['no mass silence', silence, []],
    ['that it is paused itself', paused, ['builder']],
    ['no key', key, []],
    ['no webhook', webhook, []],
    ['tasks that it made, that are meant for it or that it has', task, ['builder', 'planner']],
    ['tasks for all', taskForAll, ['builder', 'planner', 'reviewer', 'tester']],
    ['messages from it and to it', message, ['builder', 'reviewer']],
    ['messages to all', messageForAll, ['builder', 'planner', 'reviewer', 'tester']],
    ['that its message was read, also one to all, and that it has read one', read, ['builder', 'reviewer']],
    ['messages of an admin to it', adminMessage, ['reviewer']],
  ] as const)('a program sees %s', (_what, candidate, seenBy: readonly string[]) => {
    for (const program of ['builder', 'planner', 'reviewer', 'tester'])
      expect([program, maySee(reader('program', program), candidate)]).toEqual([program, seenBy.includes(program)]);
  });

  test('a program key without a program sees sessions and nothing else', () => {
    expect([session, state, adminMessage, messageForAll].map((each) => maySee(reader('program'), each))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

test('a filter shows the types and the program that it names', () => {
  expect(matchesFilter(task, {})).toBe(true);
  expect(matchesFilter(task, { types: ['task.claimed', 'task.created'] })).toBe(true);
  expect(matchesFilter(task, { types: ['task.created'] })).toBe(false);
  expect(matchesFilter(task, { programId: 'planner' })).toBe(true);
  expect(matchesFilter(task, { programId: 'tester' })).toBe(false);
  expect(matchesFilter(session, { programId: 'builder', types: ['task.created'] })).toBe(false);
});

test.each([
  [0, { oldest: null, latest: 0 }, true],
  [0, { oldest: 1, latest: 9 }, true],
  [9, { oldest: 1, latest: 9 }, true],
  [10, { oldest: 1, latest: 9 }, false],
  [3, { oldest: 4, latest: 9 }, true],
  [2, { oldest: 4, latest: 9 }, false],
  [8, { oldest: null, latest: 9 }, false],
  [9, { oldest: null, latest: 9 }, true],
])('behind %i a stream of %j can go on: %s', (after, span, can) => {
  expect(canResume(after, span)).toBe(can);
});

const ALL_EVENTS = [
  session,
  state,
  silence,
  paused,
  key,
  webhook,
  task,
  taskForAll,
  message,
  messageForAll,
  read,
  adminMessage,
];

/** As the database does it. */
const isSelected = ({ types, concerning }: EventSelection, { type, programId }: FilterableEvent): boolean =>
  (types === null || types.includes(type)) &&
  concerning.every((each) => programId === each.programId || each.otherwise.includes(type));

describe('the selection that the database makes', () => {
  test.each([
    {},
    { types: ['task.claimed', 'key.created'] },
    { programId: 'planner' },
    { programId: 'reviewer', types: ['message.sent'] },
  ] as const)('has all that a filter %j lets through, for every reader', (filter) => {
    for (const who of [reader('auditor'), ...['builder', 'reviewer', 'tester'].map((id) => reader('program', id))]) {
      const wanted = ALL_EVENTS.filter((each) => matchesFilter(each, filter) && maySee(who, each));
      expect(wanted.filter((each) => !isSelected(toSelection(who, filter), each))).toEqual([]);
    }
  });

  test('leaves out other types, other programs, and what a program never sees', () => {
    expect(isSelected(toSelection(reader('auditor'), { types: ['task.created'] }), session)).toBe(false);
    expect(isSelected(toSelection(reader('auditor'), { programId: 'tester' }), session)).toBe(false);
    expect(isSelected(toSelection(reader('program', 'tester'), {}), key)).toBe(false);
    expect(isSelected(toSelection(reader('program', 'tester'), {}), state)).toBe(false);
    expect(toSelection(reader('auditor'), {})).toEqual({ types: null, concerning: [] });
    expect(toSelection(reader('program', 'tester'), { types: ['key.created'] }).types).toEqual([]);
  });
});
