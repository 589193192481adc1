/** Keeps a model as the fleet is: reads it whole, then follows the stream of events and reads what they touch. */
import { type Fleetbeat, FleetbeatError } from '@fleetbeat/client';
import { gather } from '../pages.ts';
import type { Model } from './model.ts';

/** Events that come together cause one reading. */
const GATHER_MS = 250;
/** More than so many touched sessions are read as the whole list is. */
const SINGLE_READS = 10;
/** The counts of tasks and messages change by time alone too: they expire. And what was missed is made up for. */
const REREAD_MS = 60_000;
const RETRY_MS = 2_000;

interface How {
  readonly signal: AbortSignal;
  /** Whether the key may see the fleet's health. */
  readonly mayLook: boolean;
  readonly onChange: () => void;
}

/** Reads everything once. */
export async function load(fleetbeat: Fleetbeat, model: Model, mayLook: boolean): Promise<void> {
  const [{ items }, health] = await Promise.all([
    gather('sessions', { all: true }, (page) => fleetbeat.sessions.list(page)),
    mayLook ? fleetbeat.fleet.health() : null,
  ]);
  model.replace(items, health);
}

/** Resolves when the signal is given; rejects when the key may no longer look. */
export async function follow(fleetbeat: Fleetbeat, model: Model, { signal, mayLook, onChange }: How): Promise<void> {
  const touched = new Set<string>();
  let all = false;
  let counts = false;
  let reading: NodeJS.Timeout | undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    refuse = reject;
  });
  const soon = (ms = GATHER_MS) => {
    reading ??= setTimeout(() => void read(), ms);
  };
  const read = async () => {
    const ids = [...touched];
    const whole = all || ids.length > SINGLE_READS;
    const withCounts = counts;
    touched.clear();
    all = counts = false;
    try {
      if (whole) await load(fleetbeat, model, mayLook);
      else {
        const sessions = await Promise.all(ids.map((id) => fleetbeat.sessions.get(id)));
        if (withCounts && mayLook) model.health = await fleetbeat.fleet.health();
        for (const session of sessions) model.put(session);
      }
      model.awaySince = null;
    } catch (error) {
      if (error instanceof FleetbeatError && (error.status === 401 || error.status === 403)) return refuse(error);
      model.awaySince ??= Date.now();
      all = true;
    } finally {
      reading = undefined;
    }
    if (signal.aborted) return;
    if (all || counts || touched.size > 0) soon(model.awaySince === null ? GATHER_MS : RETRY_MS);
    onChange();
  };
  const rereading = setInterval(() => {
    all = true;
    soon();
  }, REREAD_MS);
  const events = async () => {
    const stream = fleetbeat.events({
      signal,
      onConnection: (state) => {
        // What happened between the first reading and the opening of the stream is read now.
        all = true;
        if (state === 'lost') model.awaySince ??= Date.now();
        soon();
        onChange();
      },
      onPulse: (pulses) => {
        for (const id of model.beat(pulses)) touched.add(id);
        if (touched.size > 0) soon();
        onChange();
      },
    });
    for await (const { kind, sessionId } of stream) {
      if (sessionId !== null && kind.startsWith('session.')) touched.add(sessionId);
      counts ||= !kind.startsWith('state.');
      soon();
    }
  };
  try {
    await Promise.race([events(), refused]);
  } finally {
    clearInterval(rereading);
    clearTimeout(reading);
  }
}
