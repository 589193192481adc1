/** What does the worst request cost? Every operation with a body × inputs that are made to be work, on the built server. */
import { readFileSync, writeFileSync } from 'node:fs';
import { operations } from '../server/platform/contract.ts';
import { maxBodyBytes } from '../test/support/max-body-bytes.ts';
import { CALL_BUILDERS } from '../test/support/operation-calls.ts';
import { bearer, sendRaw } from '../test/support/raw-request.ts';
import { worstBodies } from '../test/support/worst-bodies.ts';
import { supervise } from './support/bench.ts';
import { openDatabase } from './support/database.ts';
import { ADMIN_KEY, startFleet } from './support/fleet.ts';
import { memoryMb, preciseCpuMs } from './support/measured-process.ts';

const TIMES = 4;
const MAX_CPU_MS = 30;
const MAX_MB = 20;
/** Of each operation the inputs that cost most. */
const SHOWN = 2;
/** Those that take most; `--quick` measures no others. */
const QUICK = ['createSession', 'updateProgramState', 'importState'];

const pattern = (index: number) => ({
  id: `p-${index}`,
  domain: 'bench',
  pattern: 'x'.repeat(2_000),
  confidence: 0.5,
  evidence: 'y'.repeat(2_000),
});
const AT = '2026-02-24T10:30:00.000Z';
const stored = {
  status: 'active',
  supersededBy: null,
  promoted: false,
  reinforcements: 1,
  discoveredAt: AT,
  lastReinforcedAt: AT,
};
const document = {
  format: 'fleetbeat-state',
  formatVersion: 1,
  sessionId: null,
  contextSummary: {},
  contextSummaryAt: AT,
  config: {},
  baselines: {},
  decay: {},
  updatedAt: AT,
};

/** Bodies of about the same sizes that are right, to compare with. */
const GOOD: Readonly<Record<string, (programId: string) => unknown>> = {
  updateProgramState: () => ({ learnedPatterns: Array.from({ length: 61 }, (_, index) => pattern(index)) }),
  importState: (programId) => ({
    mode: 'overwrite',
    document: {
      ...document,
      programId,
      learnedPatterns: Array.from({ length: 970 }, (_, index) => ({ ...pattern(index), ...stored })),
    },
  }),
};

const RIGHT = 'a right body';

interface Cost {
  readonly operation: string;
  readonly description: string;
  readonly kB: number;
  readonly status: number;
  readonly cpu: number;
  readonly mb: number;
}

const row = ({ operation, description, kB, status, cpu, mb }: Cost): string =>
  `| ${operation} | ${description} | ${kB} kB | ${status} | ${cpu.toFixed(1)} ms | ${mb.toFixed(1)} MB |`;

await supervise('worst-input', { quick: ['sqlite'], full: ['sqlite'] }, async (bench) => {
  const database = await openDatabase(bench, 'sqlite');
  if (!database) return;
  const { server, agents } = await startFleet(bench, database, 1, ['--expose-gc']);
  const [agent] = agents;
  if (!agent) return;
  const url = `http://127.0.0.1:${server.port}`;
  const peakMb = (): number =>
    Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1_024;
  const all: Cost[] = [];
  for (const operation of operations.filter(
    ({ body, operationId }) => body && (bench.options.isDefaultRun || QUICK.includes(operationId)),
  )) {
    const { operationId, method, roles } = operation;
    const aim = { accountId: 'main', programId: agent.programId, sessionId: agent.sessionId, keyId: 'nobody' };
    const path =
      CALL_BUILDERS[operationId]?.({ ...aim, taskId: 'none', webhookId: 'none', patternId: 'none' }).path ??
      '/v1/sign-in';
    const headers = {
      ...(roles && bearer(roles.includes('program') ? agent.key : ADMIN_KEY)),
      'content-type': 'application/json',
    };
    const costs: Cost[] = [];
    const worst = [4 * 1024, maxBodyBytes(operation)].flatMap((size) =>
      [...worstBodies(operation, size - 1)].map((each) => ({ ...each, size })),
    );
    const good = GOOD[operationId]?.(agent.programId);
    const kinds =
      good === undefined
        ? worst
        : [{ description: RIGHT, json: JSON.stringify(good), size: maxBodyBytes(operation) }, ...worst];
    for (const { description, json, size } of kinds) {
      const request = { method: method.toUpperCase(), path, headers, body: json };
      await sendRaw(url, request);
      writeFileSync(`/proc/${server.pid}/clear_refs`, '5');
      const [cpu, memory] = [preciseCpuMs(server.pid), memoryMb(server.pid)];
      const times = size > 100_000 ? TIMES : TIMES * 2;
      let status = 0;
      for (let time = 0; time < times; time += 1) ({ status } = await sendRaw(url, request));
      costs.push({
        operation: operationId,
        description,
        kB: Math.round(size / 1024),
        status,
        cpu: (preciseCpuMs(server.pid) - cpu) / times,
        mb: Math.max(0, peakMb() - memory),
      });
    }
    all.push(...costs);
    bench.log(`${operationId}: ${costs.length} inputs`);
    for (const size of new Set(costs.map(({ kB }) => kB)))
      for (const cost of costs
        .filter(({ kB }) => kB === size)
        .sort((one, other) => other.cpu - one.cpu)
        .slice(0, SHOWN))
        console.log(row(cost));
    for (const cost of costs.filter(({ description }) => description === RIGHT)) console.log(row(cost));
  }
  const over = all.filter(({ description, cpu, mb }) => description !== RIGHT && (cpu > MAX_CPU_MS || mb > MAX_MB));
  console.log(`\n${all.length} inputs, ${over.length} over ${MAX_CPU_MS} ms or ${MAX_MB} MB:`);
  for (const cost of over) console.log(row(cost));
});
