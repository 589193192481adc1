/** Silence that nobody could have heard befalls no agent: two servers on one database, whose own clocks differ or not. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ObservedFleet, OUTAGE_MS, STALE_MS, sleep, UNHARMED } from '../../support/observed-fleet.ts';

const MINUTE = 60_000;

let fleet: ObservedFleet;
beforeAll(async () => {
  fleet = await ObservedFleet.start(2);
});
afterAll(() => fleet?.close());

const freeze = async (...places: number[]) => {
  for (const place of places) fleet.server(place).signal('SIGSTOP');
  await sleep(OUTAGE_MS);
  for (const place of places) fleet.server(place).signal('SIGCONT');
};

/** What happens, and whether agents could be heard meanwhile. */
const EVENTS: Readonly<Record<string, readonly [isOutage: boolean, () => Promise<void>]>> = {
  'both are frozen': [true, () => freeze(0, 1)],
  'both are killed, and started again': [
    true,
    async () => {
      await Promise.all(fleet.servers.map((server) => server.kill()));
      await sleep(OUTAGE_MS);
      await Promise.all([fleet.startServer(0), fleet.startServer(1)]);
    },
  ],
  'their database is away': [
    true,
    async () => {
      await fleet.database.makeUnavailable();
      await sleep(OUTAGE_MS);
      await fleet.database.restore();
    },
  ],
  'one is frozen, the other goes on': [false, () => freeze(1)],
  'one is killed and comes back, the other goes on': [
    false,
    async () => {
      await fleet.server(1).kill();
      await sleep(OUTAGE_MS);
      await fleet.startServer(1);
    },
  ],
  'the clock of one is ahead by a third of the stale period': [
    false,
    async () => {
      fleet.stepClock(1, STALE_MS / 3);
      await sleep(1_000);
    },
  ],
  'the clock of one is ahead by ten minutes': [
    false,
    async () => {
      fleet.stepClock(1, 10 * MINUTE);
      await sleep(1_000);
    },
  ],
  'one starts with a clock that is ten minutes behind': [
    false,
    async () => {
      await fleet.server(1).kill();
      await fleet.startServer(1, -10 * MINUTE);
    },
  ],
};

test.each(Object.keys(EVENTS))('%s: nothing that follows from silence befalls an agent', async (name) => {
  const [isOutage, event] = EVENTS[name] ?? expect.fail(name);
  for (const findings of await fleet.observeThrough(isOutage, event)) expect(findings).toEqual(UNHARMED);
});

test('while their clocks are ten minutes apart, a webhook goes out once', async () => {
  expect(await fleet.countDeliveriesOfOneEvent(0)).toBe(1);
  expect(await fleet.countDeliveriesOfOneEvent(1)).toBe(1);
});

test('and silence that could be heard counts: stale, its claim, its slot and its place go to others', () =>
  fleet.expectSilenceToCount());
