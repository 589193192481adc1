/**
 * Writers for tests that break something under them. Each sends one write after the other and records acknowledged ones. A write
 * with unknown outcome is sent again with its Idempotency-Key, so that each takes effect once.
 */
import type { CallOptions, Fleetbeat } from '../../clients/typescript/src/index.ts';

export interface WriterCallbacks {
  /** Called for every acknowledged write; false ends the run. */
  readonly onAcknowledged: () => boolean;
  /** Called for every failed write. True sends it again, false ends the run; an error that it throws fails the run. */
  readonly onError: (error: unknown) => Promise<boolean>;
}

/** The last known stage of a task or message. */
export const STAGES = { created: 1, claimed: 2, completed: 3, sent: 1, read: 2 } as const;

type Step = (writer: Writer, once: CallOptions) => Promise<void>;

export class Writer {
  /** The current round; everything that it writes has its number. */
  round = 1;
  /** The rounds of each session's acknowledged creation and update. */
  readonly sessions = new Map<string, { created: number; updated: number }>();
  /** The stages, acknowledged, of each task and message. */
  readonly tasks = new Map<string, number>();
  readonly messages = new Map<string, number>();
  /** The round and the version of its last acknowledged write of state. */
  state = 0;
  version = 0;
  /** The ids of the round. */
  taskId = '';
  messageId = '';
  #step = 0;

  constructor(
    readonly name: string,
    readonly programId: string,
    readonly client: Fleetbeat,
  ) {}

  get sessionId(): string {
    return `${this.name}-${this.round % 5}`;
  }

  get label(): string {
    return `${this.name} round ${this.round}`;
  }

  /** Resolves when a callback ends it. Another call resumes with the write that was not acknowledged. */
  async run({ onAcknowledged, onError }: WriterCallbacks): Promise<void> {
    for (;;) {
      try {
        await STEPS[this.#step]?.(this, { idempotencyKey: `${this.name}-${this.round}-${this.#step}` });
      } catch (error) {
        if (await onError(error)) continue;
        return;
      }
      this.#step = (this.#step + 1) % STEPS.length;
      if (this.#step === 0) this.round += 1;
      if (!onAcknowledged()) return;
    }
  }
}

const STEPS: readonly Step[] = [
  async (writer, once) => {
    const { client, sessionId, label, round, sessions } = writer;
    await client.sessions.create({ sessionId, name: label, status: label }, once);
    sessions.set(sessionId, { created: round, updated: sessions.get(sessionId)?.updated ?? 0 });
  },
  async ({ client, sessionId, label, round, sessions }) => {
    await client.sessions.update(sessionId, { status: label, contextBytes: round, lastHeartbeat: true });
    sessions.set(sessionId, { created: round, updated: round });
  },
  async (writer) => {
    const { client, programId, name, label, round } = writer;
    const pattern = (side: string) => ({ id: `${name}-${side}`, domain: 'faults', pattern: label, confidence: 0.5 });
    const { version } = await client.state.update(programId, {
      config: { customSettings: { [name]: round } },
      learnedPatterns: [pattern('left'), pattern('right')],
    });
    if (version <= writer.version) throw new Error(`Version ${version} came after version ${writer.version}`);
    writer.state = round;
    writer.version = version;
  },
  async (writer, once) => {
    const { client, programId, label } = writer;
    writer.taskId = (await client.tasks.create({ title: label, target: programId }, once)).taskId;
    writer.tasks.set(writer.taskId, STAGES.created);
  },
  async ({ client, taskId, sessionId, tasks }, once) => {
    await client.tasks.claim(taskId, sessionId, once);
    tasks.set(taskId, STAGES.claimed);
  },
  async ({ client, taskId, sessionId, tasks }, once) => {
    await client.tasks.complete(taskId, { sessionId, outcome: 'succeeded', result: 'Done.' }, once);
    tasks.set(taskId, STAGES.completed);
  },
  async (writer, once) => {
    const { client, programId, label } = writer;
    writer.messageId = (await client.messages.send({ to: programId, kind: 'PING', text: label }, once)).messageId;
    writer.messages.set(writer.messageId, STAGES.sent);
  },
  async ({ client, messageId, messages }, once) => {
    await client.messages.acknowledge(messageId, {}, once);
    messages.set(messageId, STAGES.read);
  },
];

/** Writers of the main account, two for each of `programs` programs. */
export async function createWriters(
  admin: Fleetbeat,
  client: (key: string) => Fleetbeat,
  programs = 4,
): Promise<Writer[]> {
  const writers: Writer[] = [];
  for (let program = 1; program <= programs; program += 1) {
    const programId = `program-${program}`;
    const { key } = await admin.keys.create({ programId });
    for (const of of ['a', 'b']) writers.push(new Writer(`w${program}${of}`, programId, client(key)));
  }
  return writers;
}
