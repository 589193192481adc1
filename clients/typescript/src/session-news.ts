/** What a session is told while it works: by the shared stream of events at once, and by the answers to its heartbeats. */
import type { Schemas } from './contract-types.js';
import type { EventHub } from './event-hub.js';
import type { EventOf, FleetEvent } from './events.js';
import type { Messages } from './operations/messages.js';

export interface SessionEvents {
  /** An unread message of the program, each once. It stays unread until `messages.acknowledge`. */
  readonly message: Schemas['Message'];
  /** A task that the program may claim was created or released. */
  readonly task: EventOf<'task.created' | 'task.released'>['data'];
  /** A person asked the program to pause. */
  readonly pause: Schemas['SessionReport'];
  /** The program may go on. */
  readonly resume: Schemas['SessionReport'];
  /** Every answer of the server. */
  readonly report: Schemas['SessionReport'];
}

export interface NewsDeps {
  readonly hub: EventHub;
  readonly messages: Messages;
}

type Listeners = { [Name in keyof SessionEvents]?: Set<(news: SessionEvents[Name]) => void> };

export class SessionNews {
  readonly #listeners: Listeners = {};
  readonly #messageIds = new Set<string>();
  #paused = false;
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly deps: NewsDeps,
    private readonly session: { readonly sessionId: string; readonly programId: string | null; refresh(): void },
  ) {}

  /** Listens to the stream of events, so that news arrive within a second and not with the next heartbeat. */
  open(): void {
    const { programId } = this.session;
    if (programId !== null) this.#unsubscribe ??= this.deps.hub.subscribe(programId, (event) => this.#onEvent(event));
  }

  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  on<Name extends keyof SessionEvents>(name: Name, listener: (news: SessionEvents[Name]) => void): () => void {
    const listeners: Set<(news: SessionEvents[Name]) => void> = this.#listeners[name] ?? new Set();
    Object.assign(this.#listeners, { [name]: listeners });
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  applyReport(report: Schemas['SessionReport']): void {
    const wasPaused = this.#paused;
    this.#paused = report.programPaused;
    this.#emit('report', report);
    if (wasPaused !== report.programPaused) this.#emit(report.programPaused ? 'pause' : 'resume', report);
    if (report.pendingMessages > 0) void this.#readMessages();
  }

  #onEvent(event: FleetEvent | null): void {
    const { sessionId, programId } = this.session;
    const isMine = (target: string) => target === programId || target === '*';
    if (event?.type === 'session.succeeded' && event.sessionId !== sessionId) return;
    if (event?.type === 'task.created' || event?.type === 'task.released') {
      if (!isMine(event.data.target)) return;
      this.#emit('task', event.data);
    }
    if (event?.type === 'message.sent' && !isMine(event.data.to)) return;
    this.session.refresh();
  }

  /** A failure is no loss: the messages stay unread, and the next answer of the server says so again. */
  async #readMessages(): Promise<void> {
    if (!this.#listeners.message?.size) return;
    const page = await this.deps.messages.list({ limit: 50 }).catch(() => null);
    for (const message of page?.messages ?? []) {
      if (this.#messageIds.has(message.messageId)) continue;
      this.#messageIds.add(message.messageId);
      this.#emit('message', message);
    }
  }

  /** In a microtask of its own: a listener that throws must not end the heartbeats. */
  #emit<Name extends keyof SessionEvents>(name: Name, news: SessionEvents[Name]): void {
    for (const listener of this.#listeners[name] ?? []) queueMicrotask(() => listener(news));
  }
}
