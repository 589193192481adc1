import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { putMessage, putTask } from '../../support/pending.ts';
import { type Door, doors } from './doors.ts';
import seed from './examples.json' with { type: 'json' };

const MINUTE = 60_000;
let house: TestHouse;
let builderKey: string;
beforeAll(async () => {
  house = await openTestHouse();
  house.clock.stop();
  builderKey = (await house.admin.keys.create({ programId: 'builder' })).key;
  const builder = house.client(builderKey);
  const reviewer = house.client((await house.admin.keys.create({ programId: 'reviewer' })).key);
  await reviewer.sessions.create({ name: 'Review', state: 'blocked' });
  await putMessage(house.admin, 'reviewer');
  await putMessage(house.admin, 'reviewer');
  house.clock.advance(15 * MINUTE);
  await builder.sessions.create({ name: 'Build' });
  await putTask(house.admin, 'builder');
  house.clock.advance(2 * MINUTE);
  const { programId, ...state } = seed.programState;
  await builder.state.update(programId, state);
});
afterAll(() => house.close());

describe.each(doors)('through $kind', ({ open }) => {
  const withDoor = async (key: string, use: (door: Door) => Promise<void>) => {
    const door = await open(house.url, key);
    await use(door).finally(() => door.close());
  };

  test('get_fleet_health answers with the fields and values of the seed', () =>
    withDoor(house.adminKey, async (admin) => {
      const { programs } = await admin.call({ name: 'get_fleet_health', arguments: {} });
      expect(programs).toMatchObject(
        seed.fleetHealth.programs.map((program) => ({
          ...program,
          lastHeartbeat: new Date(house.clock.now() - Number.parseInt(program.heartbeatAge, 10) * MINUTE).toISOString(),
        })),
      );
    }));

  test('get_program_state answers with the fields and values of the seed', () =>
    withDoor(builderKey, async (builder) => {
      expect(await builder.call(seed.read)).toMatchObject(seed.programState);
    }));
});
