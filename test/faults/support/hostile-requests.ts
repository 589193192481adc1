/** The requests of a hostile account, by kind: each is the worst of its kind that is known. */
import { randomUUID } from 'node:crypto';
import { operations } from '../../../server/platform/contract.ts';
import { maxBodyBytes } from '../../support/max-body-bytes.ts';
import { bearer, type RawRequest } from '../../support/raw-request.ts';
import { worstBodies } from '../../support/worst-bodies.ts';
import type { HostileOrders } from './hostile-account.ts';

export interface Attack {
  readonly name: string;
  /** Requests in flight to each server, each this long after the last: together most of a core, and never more than it has. */
  readonly concurrency: number;
  readonly restMs: number;
  readonly next: (number: number) => RawRequest;
}

/** Of this process, so that another run's names are others. */
const RUN = randomUUID();
const JSON_TYPE = { 'content-type': 'application/json' };
/** Inflates to gigabytes where something inflates it. */
const BROTLI_BOMB = Buffer.from('5bffff6fc0249c1dfe5fdf92cd8c8b0100', 'hex');
/** Of the first bodies of each operation every tenth: all together would be gigabytes. */
const FIRST_BODIES = 40;
const EVERY = 10;
const PATTERNS = 900;
/** As many messages as a batch may have. */
const BATCH = 20;

export function listAttacks(orders: HostileOrders): Attack[] {
  const { adminKey, agents, sessionId, taskId, questionId } = orders;
  const agent = (number: number) => agents[number % agents.length] as HostileOrders['agents'][number];
  const post = (path: string, key: string | null, body: string | Buffer, headers = {}): RawRequest => ({
    method: 'POST',
    path,
    headers: { ...(key !== null && bearer(key)), ...JSON_TYPE, ...headers },
    body,
  });
  const get = (path: string, key: string | null): RawRequest => ({
    method: 'GET',
    path,
    headers: key === null ? {} : bearer(key),
  });
  const bodies = listWorstRequests(orders);
  const imports = agents.map(({ programId }) => JSON.stringify(largeImport(programId)));
  const batch = JSON.stringify(
    Array.from({ length: BATCH }, (_, id) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name: 'list_sessions', arguments: {} },
    })),
  );
  const mcp = { accept: 'application/json, text/event-stream' };
  const keyless = ['/v1/sessions', '/openapi.json', '/docs', '/healthz', '/readyz', '/nowhere', '/v1/events'];
  const reads = ['/v1/sessions?limit=50', '/v1/fleet/health', '/v1/audit', '/v1/tasks?limit=50', '/metrics'];
  return [
    {
      name: 'worst bodies',
      concurrency: 2,
      restMs: 100,
      next: (number) => bodies[number % bodies.length] as RawRequest,
    },
    {
      name: 'worst bodies without a key',
      concurrency: 4,
      restMs: 100,
      next: (number) => ({ ...(bodies[number % bodies.length] as RawRequest), headers: JSON_TYPE }),
    },
    {
      name: 'brotli',
      concurrency: 2,
      restMs: 50,
      next: (number) =>
        post(
          `/v1/programs/${agent(number).programId}/state/import`,
          number % 2 ? agent(number).key : null,
          BROTLI_BOMB,
          {
            'content-encoding': 'br',
          },
        ),
    },
    {
      name: 'flood without a key',
      concurrency: 8,
      restMs: 100,
      next: (number) => get(keyless[number % keyless.length] as string, null),
    },
    {
      name: 'flood with a key',
      concurrency: 8,
      restMs: 100,
      next: (number) => get(reads[number % reads.length] as string, adminKey),
    },
    {
      name: 'wrong keys',
      concurrency: 8,
      restMs: 100,
      next: (number) => get('/v1/sessions', `fb_wrong-${number}-${RUN}_0123456789abcdef0123456789abcdef`),
    },
    {
      name: 'links',
      concurrency: 2,
      restMs: 50,
      next: () => post('/v1/sign-in', null, `{"key":"${'x'.repeat(15_000)}"}`),
    },
    {
      name: 'catch-up',
      concurrency: 30,
      restMs: 1_000,
      next: (number) => get('/v1/events?after=0&types=mass-silence', agent(number).key),
    },
    {
      name: 'catch-up on everything',
      concurrency: 10,
      restMs: 1_000,
      next: (number) => get('/v1/events?after=0', number % 2 ? adminKey : agent(number).key),
    },
    {
      name: 'questions',
      concurrency: 60,
      restMs: 1_000,
      next: () => get(`/v1/questions/${questionId}?wait=25`, adminKey),
    },
    {
      name: 'imports',
      concurrency: 2,
      restMs: 200,
      next: (number) =>
        post(
          `/v1/programs/${agent(number).programId}/state/import`,
          agent(number).key,
          imports[number % imports.length] as string,
        ),
    },
    { name: 'MCP', concurrency: 2, restMs: 100, next: (number) => post('/mcp', agent(number).key, batch, mcp) },
    {
      name: 'a contended session',
      concurrency: 10,
      restMs: 100,
      next: (number) => ({
        ...post(
          `/v1/sessions/${sessionId}`,
          agent(0).key,
          JSON.stringify({ status: `${number}`, lastHeartbeat: true }),
        ),
        method: 'PATCH',
      }),
    },
    {
      name: 'a contended state',
      concurrency: 5,
      restMs: 100,
      next: (number) => ({
        ...post(
          `/v1/programs/${agent(0).programId}/state`,
          agent(0).key,
          JSON.stringify({ contextSummary: { lastTask: `${number}` } }),
        ),
        method: 'PATCH',
      }),
    },
    {
      name: 'a contended task',
      concurrency: 5,
      restMs: 100,
      next: (number) => post(`/v1/tasks/${taskId}/claim`, agent(number).key, '{}'),
    },
    {
      name: 'new tasks',
      concurrency: 1,
      restMs: 300,
      next: () => post('/v1/tasks', adminKey, JSON.stringify({ title: 'x', target: '*' })),
    },
    {
      name: 'slow names',
      concurrency: 4,
      restMs: 300,
      next: (number) =>
        post('/v1/webhooks', adminKey, `{"url":"https://n${number}.slow.test/","types":["task.created"]}`, {
          'idempotency-key': `name-${number}-${RUN}`,
        }),
    },
  ];
}

/** Of every operation with a body some of the worst bodies, by a key that may call it. */
function listWorstRequests({ adminKey, agents: [agent], sessionId, taskId, questionId }: HostileOrders): RawRequest[] {
  const programId = agent?.programId ?? '';
  const ids: Readonly<Record<string, string>> = { programId, sessionId, taskId, questionId };
  return operations.flatMap((operation) => {
    const { body, method, roles } = operation;
    if (!body) return [];
    const path = operation.path.replace(/\{(\w+)\}/g, (_parameter, name: string) => ids[name] ?? 'none');
    const key = roles?.includes('program') ? agent?.key : adminKey;
    const requests: RawRequest[] = [];
    let index = 0;
    for (const { json } of worstBodies(operation, maxBodyBytes(operation) - 1)) {
      const headers = { ...bearer(key ?? ''), ...JSON_TYPE };
      if (index % EVERY === 0) requests.push({ method: method.toUpperCase(), path, headers, body: json });
      index += 1;
      if (index === FIRST_BODIES) break;
    }
    return requests;
  });
}

/** A right import of nearly 4 MB. */
function largeImport(programId: string) {
  const at = '2026-02-24T10:30:00.000Z';
  const stored = {
    status: 'active',
    supersededBy: null,
    promoted: false,
    reinforcements: 1,
    discoveredAt: at,
    lastReinforcedAt: at,
  };
  const text = (letter: string) => letter.repeat(2_000);
  return {
    mode: 'overwrite',
    document: {
      format: 'fleetbeat-state',
      formatVersion: 1,
      programId,
      sessionId: null,
      contextSummary: {},
      contextSummaryAt: at,
      config: {},
      baselines: {},
      decay: {},
      updatedAt: at,
      learnedPatterns: Array.from({ length: PATTERNS }, (_, index) => ({
        id: `p-${index}`,
        domain: 'all',
        pattern: text('x'),
        confidence: 0.5,
        evidence: text('y'),
        ...stored,
      })),
    },
  };
}
