/** With 2,000 event streams open and 500 events a second: how late does an event arrive, what does a stream cost, is one lost? */
import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '../server/platform/contract.ts';
import { type Bench, runBench } from './support/bench.ts';
import { type BenchDatabase, openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { ADMIN_KEY, type Agent, type Fleet, startFleet } from './support/fleet.ts';
import { formatHttpRequest, LoadGenerator } from './support/load.ts';
import { memoryMb } from './support/measured-process.ts';
import { percentile } from './support/statistics.ts';
import { startStreamReaders } from './support/streams.ts';

const STREAMS = 2_000;
const AGENTS = 500;
/** Dashboards. */
const WATCHERS = 50;
const EVENTS_PER_SECOND = 500;
const SENDERS = 50;
const ARRIVAL_TIMEOUT_MS = 30_000;
const COLUMNS = [
  'Database',
  'Streams',
  'What for',
  'Events /s',
  'Deliveries',
  'Missing',
  'p50 ms',
  'p99 ms',
  'kB a stream',
];

/** Every status is another one, so that every update is an event. */
function updateRequests({ sessionId, key }: Agent, count: number): string[] {
  const path = `/v1/sessions/${sessionId}`;
  const body = (step: number) => ({ status: `Step ${step}`, lastHeartbeat: true });
  return Array.from({ length: count }, (_, step) =>
    formatHttpRequest({ method: 'PATCH', path, key, body: body(step) }),
  );
}

interface Audience {
  readonly label: string;
  /** The program that each stream follows; null for one that follows the whole account. */
  readonly followed: readonly (Agent | null)[];
  /** How many streams an event goes to. */
  readonly streamsPerEvent: number;
}

const audiences = (agents: readonly Agent[]): Audience[] => [
  {
    label: 'each follows one program',
    followed: Array.from({ length: STREAMS }, (_, index) => agents[index % AGENTS] ?? null),
    streamsPerEvent: STREAMS / AGENTS,
  },
  { label: 'each follows all', followed: Array.from({ length: WATCHERS }, () => null), streamsPerEvent: WATCHERS },
];

/** What every connection sends: the updates of its own share of the agents, in turns. */
function scheduleRequests(agents: readonly Agent[], seconds: number): string[][] {
  const each = Math.ceil((EVENTS_PER_SECOND * seconds) / SENDERS);
  return Array.from({ length: SENDERS }, (_, sender) => {
    const own = agents.filter((_, index) => index % SENDERS === sender);
    const all = own.map((agent) => updateRequests(agent, Math.ceil(each / own.length)));
    return Array.from({ length: each }, (_, step) => all[step % own.length]?.[Math.floor(step / own.length)] ?? '');
  });
}

async function measure(bench: Bench, fleet: Fleet, load: LoadGenerator, audience: Audience) {
  const { port, pid } = fleet.server;
  const seconds = bench.options.quick ? 4 : 60;
  const streams = startStreamReaders(bench);
  const before = memoryMb(pid);
  const streamRequests = audience.followed.map((agent) => ({
    key: agent?.key ?? ADMIN_KEY,
    path: agent ? `/v1/events?programId=${agent.programId}` : '/v1/events',
  }));
  await streams.open({ port, streams: streamRequests, maxConcurrent: 50 });
  const memoryKb = ((memoryMb(pid) - before) * 1_024) / streamRequests.length;
  const connections = scheduleRequests(fleet.agents, seconds);
  const sent = await load.run({ port, connections, once: true, perSecond: EVENTS_PER_SECOND, seconds: seconds * 4 });
  const expected = sent.answers * audience.streamsPerEvent;
  for (let waited = 0; waited < ARRIVAL_TIMEOUT_MS && (await streams.count()) < expected; waited += 200)
    await sleep(200);
  const { delays, sequences } = await streams.close();
  const arrived = sequences.reduce((sum, each) => sum + new Set(each).size, 0);
  const isInOrder = sequences.every((each) => each.every((sequence, index) => sequence > (each[index - 1] ?? 0)));
  const rate = sent.answers / sent.seconds;
  const [p50, p99] = [percentile(delays, 50), percentile(delays, 99)];
  const missing = expected - arrived;
  return {
    missing,
    isInOrder,
    row: [streamRequests.length, audience.label, rate, arrived, missing, p50, p99, memoryKb],
  };
}

async function measureOnDatabase(bench: Bench, database: BenchDatabase) {
  const fleet = await startFleet(bench, database, AGENTS);
  const load = LoadGenerator.start(bench);
  const rows: (string | number)[][] = [];
  const goals: Goal[] = [];
  for (const audience of audiences(fleet.agents)) {
    bench.log(`${database.name}: ${audience.followed.length} streams, ${audience.label}`);
    const { row, missing, isInOrder } = await measure(bench, fleet, load, audience);
    const where = `${database.name}, ${audience.followed.length} streams`;
    rows.push([database.name, ...row]);
    goals.push({ name: `${where}: deliveries that are missing`, value: missing, atMost: 0 });
    goals.push({ name: `${where}: all are in order (1) or not (0)`, value: isInOrder ? 1 : 0, atLeast: 1 });
  }
  await fleet.server.stop();
  return { rows, goals };
}

await runBench(
  'events',
  async (bench): Promise<Findings> => {
    const question = 'With 2,000 event streams open and 500 events a second: how late, how costly, and is one lost?';
    const rows: (string | number)[][] = [];
    const goals: Goal[] = [];
    const notes: string[] = [
      'The delay counts from the moment that the event tells, before its commit, to its arrival.',
    ];
    if (!operations.some(({ operationId }) => operationId === 'streamEvents')) {
      return { question, tables: [], goals, notes: ['Not run: the contract has no streamEvents.'] };
    }
    for (const wanted of bench.options.databases) {
      const database = await openDatabase(bench, wanted);
      if (!database) continue;
      const found = await measureOnDatabase(bench, database);
      rows.push(...found.rows);
      goals.push(...found.goals);
      notes.push(`${database.name}: ${database.durability}.`);
    }
    return {
      question,
      tables: [
        {
          title: `${EVENTS_PER_SECOND} updates a second are asked for, by ${AGENTS} agents; each is an event`,
          columns: COLUMNS,
          rows,
        },
      ],
      goals,
      notes,
    };
  },
  { quick: ['sqlite'] },
);
