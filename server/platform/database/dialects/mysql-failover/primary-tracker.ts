/**
 * Several database servers of which one takes the writes. Every connection of the pool goes to that one; when another one
 * takes its place, the connections to the old one are cut and the next ones go to the new one.
 */
import { Socket } from 'node:net';
import type { DatabaseHost } from '../../database-hosts.ts';
import { Host } from './host.ts';
import { NoPrimaryError, type SelectedPrimary, selectPrimary } from './select-primary.ts';

/** How often the chosen server is asked whether it still is the one. */
const PROBE_INTERVAL_MS = 1_000;
/** After a look that has found nothing, the next one waits for this long. */
const MIN_PROBE_INTERVAL_MS = 200;

/** Told, for the log, when the writes go to another server, or can go to none. */
export type OnFailover = (message: string) => void;

export class PrimaryTracker {
  readonly #hosts: readonly Host[];
  #current: SelectedPrimary | null = null;
  #lastError: NoPrimaryError | null = null;
  #probing: Promise<void> | null = null;
  #probedAt = Number.NEGATIVE_INFINITY;
  #probeTimer: NodeJS.Timeout | null = null;
  #isClosed = false;
  readonly #sockets = new Set<Socket>();

  constructor(
    hosts: readonly DatabaseHost[],
    private readonly onFailover: OnFailover,
  ) {
    this.#hosts = hosts.map((host) => new Host(host));
  }

  /** True while a group of servers has chosen the primary. */
  get inGroup(): boolean {
    return this.#current?.hasQuorum ?? false;
  }

  /** A socket to the server that takes the writes; it fails with `NoPrimary` when there is none. */
  connect(): Socket {
    const socket = new Socket().setNoDelay(true).setKeepAlive(true);
    this.#getPrimary().then(
      ({ address }) => {
        if (socket.destroyed) return;
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
        socket.connect(address.port, address.host);
      },
      (error) => socket.destroy(error),
    );
    return socket;
  }

  /** Looks at once, not at the next round of the watch: something failed that a change of the primary would explain. */
  onUnavailable(): void {
    if (this.#probeTimer && performance.now() - this.#probedAt > MIN_PROBE_INTERVAL_MS) void this.#probe();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#probeTimer) clearInterval(this.#probeTimer);
    for (const member of this.#hosts) member.close();
  }

  async #getPrimary(): Promise<Host> {
    const isFresh = performance.now() - this.#probedAt < MIN_PROBE_INTERVAL_MS;
    if (!this.#current && !(this.#lastError && isFresh)) await this.#probe();
    if (this.#current) return this.#current.host;
    throw this.#lastError ?? new NoPrimaryError('The servers are left alone: this process stops.');
  }

  /** One look at a time; it never rejects. */
  #probe(): Promise<void> {
    this.#probing ??= this.#probeOnce().finally(() => {
      this.#probing = null;
      this.#probedAt = performance.now();
    });
    return this.#probing;
  }

  async #probeOnce(): Promise<void> {
    const before = this.#current;
    const status = await before?.host.probe();
    if (status?.isWritable || this.#isClosed) return;
    // A silent one may be back in a moment; one that refuses writes must not even be read from any longer.
    if (before && status && !status.isUnreachable) this.#dropPrimary(before, status.reason);
    try {
      const next = await selectPrimary(this.#hosts, this.#current?.host ?? null);
      if (!this.#isClosed) this.#switchTo(next);
    } catch (error) {
      if (!(error instanceof NoPrimaryError)) throw error;
      this.#lastError = error;
    }
    for (const member of this.#hosts) if (member !== this.#current?.host) member.close();
  }

  #dropPrimary({ host }: SelectedPrimary, why: string): void {
    this.#current = null;
    for (const socket of this.#sockets) socket.destroy(new NoPrimaryError(`${host.address.name}: ${why}`));
    this.onFailover(`${host.address.name} is no longer written to: ${why}`);
  }

  #switchTo(next: SelectedPrimary): void {
    const before = this.#current;
    if (before && before.host !== next.host)
      this.#dropPrimary(before, 'it does not answer, and another one has its place');
    const moved = this.#current === null && this.#probeTimer !== null;
    this.#current = next;
    this.#lastError = null;
    this.#probeTimer ??= setInterval(() => void this.#probe(), PROBE_INTERVAL_MS).unref();
    if (moved) this.onFailover(`${next.host.address.name} is written to from now on`);
  }
}
