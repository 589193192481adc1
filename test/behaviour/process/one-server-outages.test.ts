/** Silence that nobody could have heard befalls no agent: one server, every kind of outage, every consumer of silence. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ObservedFleet, OUTAGE_MS, sleep, UNHARMED } from '../../support/observed-fleet.ts';

const HOUR = 3_600_000;

let fleet: ObservedFleet;
beforeAll(async () => {
  fleet = await ObservedFleet.start(1);
});
afterAll(() => fleet?.close());

const frozen = async () => {
  fleet.server(0).signal('SIGSTOP');
  await sleep(OUTAGE_MS);
  fleet.server(0).signal('SIGCONT');
};

const OUTAGES: Readonly<Record<string, () => Promise<void>>> = {
  'killed, and started again': async () => {
    await fleet.server(0).kill();
    await sleep(OUTAGE_MS);
    await fleet.startServer(0);
  },
  frozen,
  'its database is away': async () => {
    await fleet.database.makeUnavailable();
    await sleep(OUTAGE_MS);
    await fleet.database.restore();
  },
  // In this order: until a clock that was set back has caught up, no silence counts.
  'its clock is set an hour back': async () => fleet.stepClock(0, -HOUR),
  'its clock is set an hour ahead': async () => fleet.stepClock(0, 0),
};

test.each(Object.keys(OUTAGES))('%s: nothing that follows from silence befalls an agent', async (outage) => {
  const everything = await fleet.observeThrough(true, OUTAGES[outage] ?? frozen);
  for (const findings of everything) expect(findings).toEqual(UNHARMED);
});

test('and silence that could be heard counts: stale, its claim, its slot and its place go to others', () =>
  fleet.expectSilenceToCount());
