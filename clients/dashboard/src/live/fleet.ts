/** Follows the fleet: loads it when the stream opens, then applies the stream's events. */
import type { components, Fleetbeat, FleetEvent } from '@fleetbeat/client';
import { batch, signal } from '@preact/signals';
import { signOutOnUnauthorized } from '../auth.ts';
import { fetchCompleted, fetchHealth, fetchPrograms, fetchSessions, toProgramFacts } from './fetch-fleet.ts';
import {
  beginSnapshot,
  clearFleet,
  finishSnapshot,
  massSilence,
  tasksForAll,
  updateProgramFacts,
  updateSession,
} from './fleet-store.ts';
import { applyEvent, applyPulse, pickNewer, type SessionEvent } from './session-snapshot.ts';
import { connection, generation, type StreamUpdate, subscribe } from './stream.ts';

type Session = components['schemas']['Session'];

/** Why the fleet could not be loaded. */
export const fleetError = signal<unknown>(null);
/** Whether the fleet was loaded completely once. Until then counts would be wrong, and pages show that they load. */
export const fleetLoaded = signal(false);
/** When a person last wrote to a program, in milliseconds of the server's clock. */
export const lastHumanMessageAt = signal<ReadonlyMap<string, number>>(new Map());

const isSessionEvent = (event: FleetEvent): event is SessionEvent => event.type.startsWith('session.');
/** Events that change the pending counts of a program. */
const changesPending = ({ type }: FleetEvent): boolean => type.startsWith('task.') || type.startsWith('message.');
/** Counts are refreshed at most this often. */
const HEALTH_REFRESH_DELAY_MS = 2_000;

function applyUpdate({ events, pulses }: StreamUpdate): void {
  for (const event of events) {
    if (isSessionEvent(event)) updateSession(event, (current) => applyEvent(current, event));
    else if (event.type === 'mass-silence') massSilence.value = event.data;
    else if (event.type === 'program.updated') updateProgramFacts(event.programId, event.data);
    else if (event.type === 'key.created' && event.programId !== null) updateProgramFacts(event.programId, {});
    else if (event.type === 'message.sent' && event.programId === null) {
      lastHumanMessageAt.value = new Map(lastHumanMessageAt.peek()).set(event.data.to, Date.parse(event.at));
    }
  }
  for (const pulse of pulses) updateSession(pulse, (current) => current && applyPulse(current, pulse));
}

async function refreshHealth(fleetbeat: Fleetbeat): Promise<void> {
  const health = await fetchHealth(fleetbeat);
  batch(() => {
    massSilence.value = health.massSilence;
    tasksForAll.value = health.pendingTasksForAll;
    for (const each of health.programs)
      updateProgramFacts(each.programId, toProgramFacts(each, health.pendingTasksForAll));
  });
}

async function loadFleet(fleetbeat: Fleetbeat, admin: boolean): Promise<void> {
  const found = new Set<string>();
  beginSnapshot();
  const add = (sessions: readonly Session[]) =>
    batch(() => {
      for (const each of sessions) {
        found.add(each.sessionId);
        updateSession(each, (current) => pickNewer(current, each));
      }
    });
  await Promise.all([
    admin ? refreshHealth(fleetbeat) : null,
    fetchSessions(fleetbeat, add),
    fetchCompleted(fleetbeat, add),
  ]);
  batch(() => finishSnapshot(found));
  await fetchPrograms(fleetbeat, (programs) =>
    batch(() => {
      for (const { programId, displayName, paused, lastHeartbeat } of programs) {
        updateProgramFacts(programId, { displayName, paused, lastHeartbeat });
      }
    }),
  );
}

/** Loads the whole fleet again. */
export let refreshFleet: () => void = () => undefined;

/** Follows the fleet until the returned function is called. */
export function followFleet(fleetbeat: Fleetbeat, admin: boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const scheduleHealthRefresh = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      // The next refresh makes up for a failed one.
      refreshHealth(fleetbeat).catch(signOutOnUnauthorized);
    }, HEALTH_REFRESH_DELAY_MS);
  };
  let latestRequestId = 0;
  refreshFleet = () => {
    const requestId = ++latestRequestId;
    const settle = (error: unknown) => {
      if (requestId !== latestRequestId) return;
      signOutOnUnauthorized(error);
      fleetError.value = error;
      fleetLoaded.value ||= error === null;
    };
    loadFleet(fleetbeat, admin).then(() => settle(null), settle);
  };
  const unsubscribers = [
    subscribe((update) => {
      applyUpdate(update);
      if (admin && update.events.some(changesPending)) scheduleHealthRefresh();
    }),
    generation.subscribe((times) => {
      if (times > 0) refreshFleet();
    }),
    connection.subscribe((state) => {
      if (state === 'open' && fleetError.peek() !== null) refreshFleet();
    }),
  ];
  return () => {
    latestRequestId += 1;
    clearTimeout(timer);
    for (const unsubscribe of unsubscribers) unsubscribe();
    batch(() => {
      clearFleet();
      fleetLoaded.value = false;
      fleetError.value = null;
      lastHumanMessageAt.value = new Map();
    });
  };
}
