import { beforeAll, describe, expect, test } from 'vitest';
import { createPendingMessage, createPendingTask } from '../../support/pending-items.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import seed from './examples.json' with { type: 'json' };
import { INTERFACES, type InterfaceClient } from './interfaces.ts';

const MINUTE = 60_000;
let builderKey: string;
const server = useTestServer({ stopClock: true });
beforeAll(async () => {
  builderKey = (await server.admin.keys.create({ programId: 'builder' })).key;
  const builder = server.client(builderKey);
  const reviewer = server.client((await server.admin.keys.create({ programId: 'reviewer' })).key);
  await reviewer.sessions.create({ name: 'Review', state: 'blocked' });
  await createPendingMessage(server.admin, 'reviewer');
  await createPendingMessage(server.admin, 'reviewer');
  server.clock.advance(15 * MINUTE);
  await builder.sessions.create({ name: 'Build' });
  await createPendingTask(server.admin, 'builder');
  server.clock.advance(2 * MINUTE);
  const { programId, ...state } = seed.programState;
  await builder.state.update(programId, state);
});

describe.each(INTERFACES)('through $kind', ({ open }) => {
  const withDoor = async (key: string, use: (door: InterfaceClient) => Promise<void>) => {
    const door = await open(server.url, key);
    await use(door).finally(() => door.close());
  };

  test('get_fleet_health answers with the fields and values of the seed', () =>
    withDoor(server.adminKey, async (admin) => {
      const { programs } = await admin.callTool({ name: 'get_fleet_health', arguments: {} });
      expect(programs).toMatchObject(
        seed.fleetHealth.programs.map((program) => ({
          ...program,
          lastHeartbeat: new Date(
            server.clock.now() - Number.parseInt(program.heartbeatAge, 10) * MINUTE,
          ).toISOString(),
        })),
      );
    }));

  test('get_program_state answers with the fields and values of the seed', () =>
    withDoor(builderKey, async (builder) => {
      expect(await builder.callTool(seed.read)).toMatchObject(seed.programState);
    }));
});
