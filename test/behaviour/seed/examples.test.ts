import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { type Door, doors } from './doors.ts';
import seed from './examples.json' with { type: 'json' };

describe.each(doors)('through $kind', ({ open }) => {
  let house: TestHouse;
  let builder: Door;
  beforeAll(async () => {
    house = await openTestHouse();
    const { key } = await house.admin.keys.create({ programId: 'builder' });
    builder = await open(house.url, key);
  });
  afterAll(async () => {
    await builder?.close();
    await house?.close();
  });

  test('create_session registers the session of the example, and again updates the same one', async () => {
    const made = await builder.call(seed.create);
    expect(made).toMatchObject(seed.create.arguments);
    expect(await builder.call(seed.create)).toMatchObject({ ...seed.create.arguments, createdAt: made['createdAt'] });
  });

  test('update_session changes status and progress and moves the heartbeat', async () => {
    const made = await builder.call(seed.create);
    house.clock.advance(1_000);
    const { lastHeartbeat, ...sent } = seed.update.arguments;
    expect(lastHeartbeat).toBe(true);
    const updated = await builder.call(seed.update);
    expect(updated).toMatchObject({ ...sent, name: 'Auth refactor', state: 'working' });
    expect(String(updated['lastHeartbeat']) > String(made['lastHeartbeat'])).toBe(true);
  });

  test('update_session as a heartbeat keeps state, progress and name', async () => {
    await builder.call(seed.create);
    const before = await builder.call(seed.update);
    house.clock.advance(1_000);
    const after = await builder.call(seed.heartbeat);
    expect(after).toMatchObject({
      status: 'Idle. Waiting for tasks.',
      state: 'working',
      progress: 75,
      name: 'Auth refactor',
    });
    expect(String(after['lastHeartbeat']) > String(before['lastHeartbeat'])).toBe(true);
  });

  test('list_sessions lists what works', async () => {
    await builder.call(seed.create);
    const page = await builder.call(seed.list);
    expect(page).toMatchObject({ sessions: [{ sessionId: 'builder-session-1', state: 'working' }], nextCursor: null });
  });

  test('update_program_state stores what a later session reads', async () => {
    const { programId, sessionId, contextSummary } = seed.write.arguments;
    expect(await builder.call(seed.write)).toMatchObject({ programId, sessionId, contextSummary });
    expect(await builder.call(seed.read)).toMatchObject({ programId, sessionId, contextSummary, learnedPatterns: [] });
  });
});
