/** With 2,000 event streams open and 500 events a second: how late does an event arrive, what does a stream cost, is one lost? */
import { setTimeout as sleep } from 'node:timers/promises';
import { operations } from '../server/contract.ts';
import { type Bench, run } from './support/bench.ts';
import { type BenchDatabase, openDatabase } from './support/database.ts';
import type { Findings, Goal } from './support/findings.ts';
import { type Agent, openFleet } from './support/fleet.ts';
import { httpText, LoadGenerator } from './support/load.ts';
import { memoryMb } from './support/process.ts';
import { percentile } from './support/statistics.ts';
import { startStreams } from './support/streams.ts';

const STREAMS = 2_000;
const AGENTS = 500;
const EVENTS_PER_SECOND = 500;
const SENDERS = 50;
const ARRIVE_WITHIN_MS = 30_000;
const COLUMNS = [
  'Database',
  'Streams',
  'Events',
  'Events /s',
  'Deliveries',
  'Missing',
  'p50 ms',
  'p99 ms',
  'Memory per stream, kB',
];

/** Every status is another one, so that every update is an event. */
function changes({ sessionId, key }: Agent, count: number): string[] {
  const path = `/v1/sessions/${sessionId}`;
  const body = (step: number) => ({ status: `Step ${step}`, lastHeartbeat: true });
  return Array.from({ length: count }, (_, step) => httpText({ method: 'PATCH', path, key, body: body(step) }));
}

/** Each agent's program is followed by as many streams as the others', and each stream follows one program. */
async function onDatabase(bench: Bench, database: BenchDatabase) {
  bench.say(`${database.name}: ${STREAMS} streams`);
  const seconds = bench.options.quick ? 5 : 60;
  const fleet = await openFleet(bench, database, AGENTS);
  const { port, pid } = fleet.server;
  const load = LoadGenerator.start(bench);
  const streams = startStreams(bench);
  const before = memoryMb(pid);
  const followed = Array.from({ length: STREAMS }, (_, index) => fleet.agents[index % AGENTS] as Agent);
  const paths = followed.map(({ key, programId }) => ({ key, path: `/v1/events?programId=${programId}` }));
  await streams.open({ port, streams: paths, atOnce: 100 });
  const memoryKb = ((memoryMb(pid) - before) * 1_024) / STREAMS;
  const perSender = Math.ceil((EVENTS_PER_SECOND * seconds) / SENDERS);
  const connections = Array.from({ length: SENDERS }, (_, sender) => {
    const own = fleet.agents.filter((_, index) => index % SENDERS === sender);
    const each = own.map((agent) => changes(agent, Math.ceil(perSender / own.length)));
    return Array.from(
      { length: perSender },
      (_, step) => each[step % own.length]?.[Math.floor(step / own.length)] ?? '',
    );
  });
  const order = { port, connections, once: true, perSecond: EVENTS_PER_SECOND, seconds: seconds * 4 };
  const sent = await load.run(order);
  const expected = (sent.answers * STREAMS) / AGENTS;
  for (let waited = 0; waited < ARRIVE_WITHIN_MS && (await streams.count()) < expected; waited += 200) await sleep(200);
  const { delays, sequences } = await streams.close();
  await fleet.server.stop();
  const arrived = sequences.reduce((sum, each) => sum + new Set(each).size, 0);
  const inOrder = sequences.every((each) =>
    each.every((sequence, index) => index === 0 || sequence > (each[index - 1] ?? 0)),
  );
  const missing = expected - arrived;
  const [p50, p99] = [percentile(delays, 50), percentile(delays, 99)];
  const row = [database.name, STREAMS, sent.answers, sent.answers / sent.seconds, arrived, missing, p50, p99, memoryKb];
  const goals: Goal[] = [
    { name: `${database.name}: deliveries that are missing`, value: missing, atMost: 0 },
    { name: `${database.name}: streams that are in order ÷ all`, value: inOrder ? 1 : 0, atLeast: 1 },
  ];
  return { row, goals };
}

await run(
  'events',
  async (bench): Promise<Findings> => {
    const question = 'With 2,000 event streams open and 500 events a second: how late, how costly, and is one lost?';
    const rows: (string | number)[][] = [];
    const goals: Goal[] = [];
    const notes: string[] = [
      'The delay counts from the moment that the event tells, before its commit, to its arrival.',
    ];
    if (!operations.some(({ operationId }) => operationId === 'streamEvents')) {
      return { question, tables: [], goals, plots: [], notes: ['Not run: the contract has no streamEvents.'] };
    }
    for (const wanted of bench.options.databases) {
      const database = await openDatabase(bench, wanted);
      if (!database) continue;
      const found = await onDatabase(bench, database);
      rows.push(found.row);
      goals.push(...found.goals);
      notes.push(`${database.name}: ${database.durability}.`);
    }
    return {
      question,
      tables: [
        { title: `Each of ${AGENTS} programs is followed by ${STREAMS / AGENTS} streams`, columns: COLUMNS, rows },
      ],
      goals,
      plots: [
        {
          title: 'Delivery, p99',
          unit: 'ms',
          bars: rows.map((row) => ({ label: String(row[0]), value: Number(row[7]) })),
        },
      ],
      notes,
    };
  },
  { quick: ['sqlite'] },
);
