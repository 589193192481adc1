/** Keeps a model as the fleet is: reads it whole, then follows the stream of events and reads what they touch. */
import { type Fleetbeat, FleetbeatError } from '@fleetbeat/client';
import { collectPages } from '../pages.ts';
import type { FleetModel } from './model.ts';

/** Events that come together cause one reading. */
const DEBOUNCE_MS = 250;
/** More than so many touched sessions are read as the whole list is. */
const MAX_SINGLE_READS = 10;
/** The counts of tasks and messages change by time alone too: they expire. And what was missed is made up for. */
const REFRESH_INTERVAL_MS = 60_000;
const RETRY_MS = 2_000;
/** A third of a quarter of an hour, which is the shortest period of the past. */
const ACTIVITY_INTERVAL_MS = 300_000;

interface FollowOptions {
  readonly signal: AbortSignal;
  /** Whether the key may see the fleet's health. */
  readonly canReadHealth: boolean;
  readonly onChange: () => void;
}

/** Reads everything once. */
export async function load(fleetbeat: Fleetbeat, model: FleetModel, canReadHealth: boolean): Promise<void> {
  const [{ items }, health] = await Promise.all([
    collectPages('sessions', { all: true }, (page) => fleetbeat.sessions.list(page)),
    canReadHealth ? fleetbeat.fleet.health() : null,
  ]);
  model.replace(items, health);
  if (canReadHealth && Date.now() - model.activityReadAt >= ACTIVITY_INTERVAL_MS) await loadActivity(fleetbeat, model);
}

async function loadActivity(fleetbeat: Fleetbeat, model: FleetModel): Promise<void> {
  const activity = new Map<string, string>();
  try {
    for await (const each of fleetbeat.fleet.allHistory({ limit: 200 })) activity.set(each.programId, each.periods);
    model.activity = activity;
  } catch (error) {
    // A server of an earlier version has no history.
    if (!(error instanceof FleetbeatError) || error.status !== 404) throw error;
  }
  model.activityReadAt = Date.now();
}

/** Resolves when the signal is given; rejects when the key may no longer look. */
export async function follow(
  fleetbeat: Fleetbeat,
  model: FleetModel,
  { signal, canReadHealth, onChange }: FollowOptions,
): Promise<void> {
  const touched = new Set<string>();
  let all = false;
  let counts = false;
  let readTimer: NodeJS.Timeout | undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    refuse = reject;
  });
  const scheduleRead = (ms = DEBOUNCE_MS) => {
    readTimer ??= setTimeout(() => void read(), ms);
  };
  const read = async () => {
    const ids = [...touched];
    const whole = all || ids.length > MAX_SINGLE_READS;
    const withCounts = counts;
    touched.clear();
    all = counts = false;
    try {
      if (whole) await load(fleetbeat, model, canReadHealth);
      else {
        const sessions = await Promise.all(ids.map((id) => fleetbeat.sessions.get(id)));
        if (withCounts && canReadHealth) model.health = await fleetbeat.fleet.health();
        for (const session of sessions) model.upsert(session);
      }
      model.unreachableSince = null;
    } catch (error) {
      if (error instanceof FleetbeatError && (error.status === 401 || error.status === 403)) return refuse(error);
      model.unreachableSince ??= Date.now();
      all = true;
    } finally {
      readTimer = undefined;
    }
    if (signal.aborted) return;
    if (all || counts || touched.size > 0) scheduleRead(model.unreachableSince === null ? DEBOUNCE_MS : RETRY_MS);
    onChange();
  };
  const refreshTimer = setInterval(() => {
    all = true;
    scheduleRead();
  }, REFRESH_INTERVAL_MS);
  const events = async () => {
    const stream = fleetbeat.events({
      signal,
      onConnection: (state) => {
        // What happened between the first reading and the opening of the stream is read now.
        all = true;
        if (state === 'lost') model.unreachableSince ??= Date.now();
        scheduleRead();
        onChange();
      },
      onPulse: (pulses) => {
        for (const id of model.applyPulses(pulses)) touched.add(id);
        if (touched.size > 0) scheduleRead();
        onChange();
      },
    });
    for await (const { type, sessionId } of stream) {
      if (sessionId !== null && type.startsWith('session.')) touched.add(sessionId);
      counts ||= !type.startsWith('state.');
      scheduleRead();
    }
  };
  try {
    await Promise.race([events(), refused]);
  } finally {
    clearInterval(refreshTimer);
    clearTimeout(readTimer);
  }
}
