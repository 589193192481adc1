/** Follows the fleet: reads it when the stream begins, then keeps it up to date by what the stream tells. */
import type { Fleetbeat, FleetEvent } from '@fleetbeat/client';
import { batch, signal } from '@preact/signals';
import { noteRefusal } from '../session.ts';
import { healthFacts, readHealth, readPrograms, readSessions } from './fleet-reading.ts';
import { beginRead, endRead, forgetFleet, learn, massSilence, note } from './fleet-store.ts';
import { afterEvent, afterPulse, laterOf, type SessionEvent } from './session-signs.ts';
import { generation, listen, type News } from './stream.ts';

/** Why the fleet could not be read. */
export const fleetError = signal<unknown>(null);
/** Whether everything that is there was read once. */
export const fleetRead = signal(false);
/** When a person last wrote to a program, in milliseconds of the server's clock. */
export const lastAnswers = signal<ReadonlyMap<string, number>>(new Map());

const isSessionEvent = (event: FleetEvent): event is SessionEvent => event.kind.startsWith('session.');
/** What changes how much waits for a program. */
const changesPending = ({ kind }: FleetEvent): boolean => kind.startsWith('task.') || kind.startsWith('message.');
/** Counts are asked for at most this often. */
const COUNT_MS = 2_000;

function take({ events, pulses }: News): void {
  for (const event of events) {
    if (isSessionEvent(event)) note(event, (known) => afterEvent(known, event));
    else if (event.kind === 'mass-silence') massSilence.value = event.data;
    else if (event.kind === 'program.updated') learn(event.programId, event.data);
    else if (event.kind === 'key.created' && event.programId !== null) learn(event.programId, {});
    else if (event.kind === 'message.sent' && event.programId === null) {
      lastAnswers.value = new Map(lastAnswers.peek()).set(event.data.to, Date.parse(event.at));
    }
  }
  for (const pulse of pulses) note(pulse, (known) => known && afterPulse(known, pulse));
}

async function count(fleetbeat: Fleetbeat): Promise<void> {
  const health = await readHealth(fleetbeat);
  batch(() => {
    massSilence.value = health.massSilence;
    for (const each of health.programs) learn(each.programId, healthFacts(each));
  });
}

async function read(fleetbeat: Fleetbeat, admin: boolean): Promise<void> {
  if (admin) await count(fleetbeat);
  const found = new Set<string>();
  beginRead();
  await readSessions(fleetbeat, (sessions) =>
    batch(() => {
      for (const each of sessions) {
        found.add(each.sessionId);
        note(each, (known) => laterOf(known, each));
      }
    }),
  );
  batch(() => endRead(found));
  await readPrograms(fleetbeat, (programs) =>
    batch(() => {
      for (const { programId, displayName, paused, lastHeartbeat } of programs) {
        learn(programId, { displayName, paused, lastHeartbeat });
      }
    }),
  );
}

/** Asks for the whole fleet again. */
export let readAgain: () => void = () => undefined;

/** Follows the fleet until the returned function is called. */
export function followFleet(fleetbeat: Fleetbeat, admin: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const countSoon = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      // A count that fails is made up for by the next.
      count(fleetbeat).catch(noteRefusal);
    }, COUNT_MS);
  };
  let reads = 0;
  readAgain = () => {
    const mine = ++reads;
    const settle = (error: unknown) => {
      if (mine !== reads) return;
      noteRefusal(error);
      fleetError.value = error;
      fleetRead.value ||= error === null;
    };
    read(fleetbeat, admin).then(() => settle(null), settle);
  };
  const ends = [
    listen((news) => {
      take(news);
      if (admin && news.events.some(changesPending)) countSoon();
    }),
    generation.subscribe((times) => {
      if (times > 0) readAgain();
    }),
  ];
  return () => {
    reads += 1;
    clearTimeout(timer);
    for (const end of ends) end();
    batch(() => {
      forgetFleet();
      fleetRead.value = false;
      fleetError.value = null;
      lastAnswers.value = new Map();
    });
  };
}
