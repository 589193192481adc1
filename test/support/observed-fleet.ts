/**
 * A fleet whose agents heartbeat on time whenever a server lets them, and everything that follows from silence: what each
 * consumer of silence says and does about these agents.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BreakableDatabase, createBreakableDatabase } from './breakable-database.ts';
import { eventually } from './eventually.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { connect, type Sql } from './sql.ts';
import { randomName } from './test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

export const ADMIN_KEY = 'fb_observed-fleet_0123456789abcdef0123456789abcdef';
export const STALE_MS = 4_000;
/** Long enough for every period of silence below. */
export const OUTAGE_MS = 5_200;
const BEAT_MS = 400;
/** Of one heartbeat: then the agent tries another server. */
const BEAT_TIMEOUT_MS = 1_000;
const STEPPABLE_CLOCK = fileURLToPath(new URL('steppable-clock.mjs', import.meta.url));
/** Kinds of events that say that a session was, or seemed, silent. */
const SILENCE_KINDS = ['session.stale', 'session.stuck', 'session.archived', 'session.succeeded', 'mass-silence'];

const ENVIRONMENT = {
  FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
  FLEETBEAT_RATE_LIMITS: 'off',
  FLEETBEAT_LOG_LEVEL: 'info',
  FLEETBEAT_STALE_AFTER: `${STALE_MS}ms`,
  FLEETBEAT_STUCK_AFTER: `${STALE_MS}ms`,
  FLEETBEAT_ARCHIVE_SILENT_AFTER: `${STALE_MS + 500}ms`,
  FLEETBEAT_SWEEP_EVERY: '200ms',
  FLEETBEAT_WEBHOOKS_EVERY: '100ms',
  FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true',
  NODE_OPTIONS: `--import=${STEPPABLE_CLOCK}`,
};

interface Agent {
  readonly sessionId: string;
  readonly key: string;
  lastHeardAt: number;
}

/** What befell agents that did nothing wrong, by consumer of silence. */
export interface Findings {
  readonly views: string[];
  readonly claims: string[];
  readonly succession: string[];
  readonly slots: string[];
  readonly archival: string[];
  readonly health: string[];
  readonly metrics: string[];
  readonly events: string[];
  readonly notifications: string[];
  readonly massSilence: string[];
}

export const UNHARMED: Findings = {
  views: [],
  claims: [],
  succession: [],
  slots: [],
  archival: [],
  health: [],
  metrics: [],
  events: [],
  notifications: [],
  massSilence: [],
};

export class ObservedFleet {
  servers: ServerProcess[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'fleetbeat-clocks-'));
  readonly #agents: Agent[] = [];
  #beating = true;
  #loops: Promise<void>[] = [];
  /** Whether some agent was later than it may be: then it was silent, and nothing is proved. */
  #wasLate = false;
  #taskId = '';
  #freeKey = '';

  private constructor(
    readonly database: BreakableDatabase,
    private readonly sql: Sql,
    private readonly receiver: WebhookReceiver,
  ) {}

  static async start(serverCount: number): Promise<ObservedFleet> {
    const database = await createBreakableDatabase();
    const receiver = await startWebhookReceiver();
    const fleet = new ObservedFleet(database, await connect(database), receiver);
    for (let index = 0; index < serverCount; index += 1) await fleet.startServer(index, 0);
    await fleet.#populate();
    return fleet;
  }

  /** Starts, or starts again, the server in this place. */
  async startServer(index: number, clockAheadMs = 0): Promise<void> {
    this.#writeClock(index, clockAheadMs);
    this.servers[index] = await startServerProcess({
      ...ENVIRONMENT,
      DATABASE_URL: this.database.url,
      TEST_CLOCK_FILE: this.#clockFile(index),
    });
  }

  /** Sets the clock of a running server to this much ahead of the real time. */
  stepClock(index: number, aheadMs: number): void {
    this.#writeClock(index, aheadMs);
    this.server(index).signal('SIGUSR2');
  }

  server(index: number): ServerProcess {
    const server = this.servers[index];
    if (!server) throw new Error(`There is no server ${index}`);
    return server;
  }

  /**
   * What is seen at every server right after the event, and again when its silence would have counted by then. In an outage
   * nobody could be heard: agents stop meanwhile, because only what is heard afterwards may save them. The event is repeated
   * while an agent was not heard in time otherwise, because this machine is too slow or a frozen server has its row locked:
   * such an agent was silent, and nothing is proved.
   */
  async observeThrough(isOutage: boolean, event: () => Promise<void>): Promise<Findings[]> {
    for (;;) {
      this.#wasLate = false;
      if (isOutage) await this.#pauseHeartbeats();
      await event();
      const atOnce = await this.#observeEverywhere();
      if (await this.#heartbeatFor(STALE_MS + 500)) return [...atOnce, ...(await this.#observeEverywhere())];
    }
  }

  #resumeHeartbeats(): void {
    if (this.#loops.length > 0) return;
    this.#beating = true;
    for (const agent of this.#agents) agent.lastHeardAt = performance.now();
    this.#loops = this.#agents.map((agent, index) => this.#beat(agent, index));
  }

  async #heartbeatFor(ms: number): Promise<boolean> {
    this.#resumeHeartbeats();
    await sleep(ms);
    const now = performance.now();
    return !this.#wasLate && this.#agents.every(({ lastHeardAt }) => now - lastHeardAt < (STALE_MS * 2) / 3);
  }

  async #observeEverywhere(): Promise<Findings[]> {
    const findings: Findings[] = [];
    for (const place of this.servers.keys()) findings.push(await this.#observe(place));
    return findings;
  }

  /** Everything that follows from silence is tried against the agents, at the server in this place. */
  async #observe(index: number): Promise<Findings> {
    const admin = this.server(index).client(ADMIN_KEY);
    const findings: Findings = structuredClone(UNHARMED);
    const [owner, rival, twin] = this.#agents;
    if (!owner || !rival || !twin) throw new Error('The fleet is empty');
    const of = ({ key }: Agent) => this.server(index).client(key);
    // Only who is heard may claim; everybody else is not heard before what follows.
    await of(rival).sessions.update(rival.sessionId, { status: randomName('busy'), lastHeartbeat: true });
    await expectRefusal(findings.claims, 'task-taken', of(rival).tasks.claim(this.#taskId, rival.sessionId));
    const boot = await of(twin).programs.boot('twin', { name: 'Second run', sessionId: randomName('second') });
    await of(twin).sessions.update(boot.session.sessionId, { status: 'Done', state: 'complete' });
    await expectRefusal(
      findings.slots,
      'session-limit-reached',
      this.server(index).client(this.#freeKey).sessions.create({ name: 'Another' }),
    );
    for (const agent of this.#agents) {
      const { stale, stuck, archived, successor } = await of(agent).sessions.get(agent.sessionId);
      if (stale || stuck) findings.views.push(`${agent.sessionId} reads ${stale ? 'stale' : 'stuck'}`);
      if (archived) findings.archival.push(agent.sessionId);
      if (successor !== null) findings.succession.push(`${agent.sessionId} has a successor`);
    }
    const { programs, massSilence } = await admin.fleet.health();
    for (const { programId, health } of programs) {
      if (health !== 'healthy') findings.health.push(`${programId} is ${health}`);
    }
    if (massSilence) findings.massSilence.push(JSON.stringify(massSilence));
    findings.metrics.push(...(await this.#readStaleMetric(index)));
    for (const { kind, sessionId } of await this.#readEvents()) findings.events.push(`${kind} ${sessionId}`);
    findings.notifications.push(
      ...this.receiver.received.map(({ body }) => body.type).filter((type) => SILENCE_KINDS.includes(type)),
    );
    return findings;
  }

  /** One task is created; resolves with how often its creation went out, once nothing more goes out. */
  async countDeliveriesOfOneEvent(index: number): Promise<number> {
    const { taskId } = await this.server(index).client(ADMIN_KEY).tasks.create({ title: 'Told once', target: '*' });
    const count = () => this.receiver.received.filter(({ body }) => body.data['taskId'] === taskId).length;
    await eventually(async () => count() > 0);
    await sleep(1_000);
    return count();
  }

  /** The agents fall silent for good, but for the rival. Resolves when every consequence has come. */
  async expectSilenceToCount(): Promise<void> {
    await this.#pauseHeartbeats();
    const [owner, rival, twin] = this.#agents;
    if (!owner || !rival || !twin) throw new Error('The fleet is empty');
    const client = (key: string) => this.server(0).client(key);
    const beatRival = () =>
      client(rival.key).sessions.update(rival.sessionId, { status: randomName('busy'), lastHeartbeat: true });
    await eventually(async () => {
      await beatRival();
      return (await client(owner.key).sessions.get(owner.sessionId)).stale;
    });
    await eventually(async () => {
      await beatRival();
      return client(rival.key)
        .tasks.claim(this.#taskId, rival.sessionId)
        .catch(() => null);
    });
    // Their last heartbeats came a little later than the owner's.
    await eventually(() =>
      client(this.#freeKey)
        .sessions.create({ name: 'Takes the slot' })
        .catch(() => null),
    );
    // A boot beside a session that is still alive succeeds nobody.
    await eventually(async () => (await client(twin.key).sessions.get(twin.sessionId)).stale);
    const { session } = await client(twin.key).programs.boot('twin', { name: 'Next run' });
    const { successor } = await client(twin.key).sessions.get(twin.sessionId);
    if (successor !== session.sessionId) throw new Error('A silent session has no successor');
    await eventually(async () => (await this.#readEvents()).some(({ kind }) => kind === 'session.stale'));
  }

  async close(): Promise<void> {
    await this.#pauseHeartbeats();
    await Promise.all(this.servers.map((server) => server.kill()));
    await this.sql.close();
    await this.receiver.close();
    await this.database.remove();
    rmSync(this.#folder, { recursive: true });
  }

  async #populate(): Promise<void> {
    const admin = this.server(0).client(ADMIN_KEY);
    // More than five in one account, so that they could be a mass silence.
    for (const programId of ['owner', 'rival', 'twin', 'fourth', 'fifth', 'sixth']) {
      const { key } = await admin.keys.create({ programId });
      await this.#addAgent(key, `${programId}-1`);
    }
    const [owner] = this.#agents;
    this.#taskId = (await admin.tasks.create({ title: 'Work', target: '*' })).taskId;
    await this.server(0)
      .client(owner?.key ?? '')
      .tasks.claim(this.#taskId);
    this.#freeKey = (await admin.accounts.create({ name: 'Small', tier: 'free' })).key;
    const small = this.server(0).client(this.#freeKey);
    await this.#addAgent((await small.keys.create({ programId: 'only' })).key, 'only-1');
    await admin.webhooks.create({ url: this.receiver.url, types: ['task.created', ...SILENCE_KINDS] as never });
    this.#resumeHeartbeats();
  }

  async #addAgent(key: string, sessionId: string): Promise<void> {
    await this.server(0).client(key).sessions.create({ name: 'Run', sessionId });
    this.#agents.push({ sessionId, key, lastHeardAt: performance.now() });
  }

  async #pauseHeartbeats(): Promise<void> {
    this.#beating = false;
    await Promise.all(this.#loops);
    this.#loops = [];
  }

  /** Each agent prefers one server and turns to the next when that does not answer. */
  async #beat(agent: Agent, place: number): Promise<void> {
    for (let step = 0; this.#beating; step += 1) {
      for (let attempt = 0; attempt < this.servers.length && this.#beating; attempt += 1) {
        const { url } = this.server((place + attempt) % this.servers.length);
        const isHeard = await fetch(`${url}/v1/sessions/${agent.sessionId}`, {
          method: 'PATCH',
          headers: { authorization: `Bearer ${agent.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ status: `Step ${step}`, lastHeartbeat: true }),
          signal: AbortSignal.timeout(BEAT_TIMEOUT_MS),
        }).then(
          async (response) => (await response.text()) !== '' && response.ok,
          () => false,
        );
        if (!isHeard) continue;
        if (performance.now() - agent.lastHeardAt > (STALE_MS * 2) / 3) this.#wasLate = true;
        agent.lastHeardAt = performance.now();
        break;
      }
      await sleep(BEAT_MS);
    }
  }

  async #readStaleMetric(index: number): Promise<string[]> {
    const response = await fetch(`${this.server(index).url}/metrics`, {
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    const text = await response.text();
    const count = /^fleetbeat_sessions\{liveness="stale"\} (\d+)$/m.exec(text)?.[1];
    if (count === undefined) throw new Error(`No count of stale sessions in the metrics: ${response.status}`);
    return count === '0' ? [] : [`${count} sessions are stale`];
  }

  #readEvents(): Promise<{ kind: string; sessionId: string | null }[]> {
    return this.sql.query(
      `SELECT kind, sessionId FROM events WHERE kind IN (${SILENCE_KINDS.map(() => '?').join(', ')})`,
      SILENCE_KINDS,
    );
  }

  #clockFile(index: number): string {
    return join(this.#folder, `ahead-${index}`);
  }

  #writeClock(index: number, aheadMs: number): void {
    writeFileSync(this.#clockFile(index), String(aheadMs));
  }
}

async function expectRefusal(findings: string[], kind: string, attempt: Promise<unknown>): Promise<void> {
  await attempt.then(
    () => findings.push(`no ${kind}`),
    (error: { kind?: string }) => {
      if (error.kind !== kind) throw error;
    },
  );
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
