/**
 * Tracks which of several database hosts is the primary. Every pool connection goes to the primary; on failover, connections
 * to the old one are destroyed and new ones go to the new primary.
 */
import { Socket } from 'node:net';
import type { DatabaseHost } from '../../database-hosts.ts';
import type { TlsOptions } from '../../database-tls.ts';
import { Host } from './host.ts';
import { NoPrimaryError, type SelectedPrimary, selectPrimary } from './select-primary.ts';

/** How often the primary is probed. */
const PROBE_INTERVAL_MS = 1_000;
/** A primary that answers a probe later than this was frozen or cut off. */
const SLOW_PROBE_MS = 1_000;
/** The minimum time between two probes when there is no primary, or after an error. */
const MIN_PROBE_INTERVAL_MS = 200;

/** Called with a log message when the primary changes or is lost. */
type OnFailover = (message: string) => void;

export class PrimaryTracker {
  readonly #hosts: readonly Host[];
  #current: SelectedPrimary | null = null;
  #lastError: NoPrimaryError | null = null;
  #probing: Promise<void> | null = null;
  #probedAt = Number.NEGATIVE_INFINITY;
  #probeTimer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #onDoubt = () => {};
  readonly #sockets = new Set<Socket>();

  constructor(
    hosts: readonly DatabaseHost[],
    private readonly onFailover: OnFailover,
    ssl?: TlsOptions,
  ) {
    this.#hosts = hosts.map((host) => new Host(host, ssl));
  }

  /** True while a replication group guarantees the primary. */
  get inGroup(): boolean {
    return this.#current?.hasQuorum ?? false;
  }

  /**
   * A socket to the primary; it fails with NoPrimaryError when there is none. `config`, which must be of this connection alone,
   * gets the host: TLS verifies the certificate by it.
   */
  connect({ config }: { config: { host: string; port: number } }): Socket {
    const socket = new Socket().setNoDelay(true).setKeepAlive(true);
    this.#getPrimary().then(
      ({ address }) => {
        if (socket.destroyed) return;
        Object.assign(config, { host: address.host, port: address.port });
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
        socket.connect(address.port, address.host);
      },
      (error) => socket.destroy(error),
    );
    return socket;
  }

  /** Calls `listener` whenever a group may have replaced its primary without the primary knowing: it was frozen or cut off. */
  listenForDoubts(listener: () => void): void {
    this.#onDoubt = listener;
  }

  /** Probes at once, not at the next interval, because a failover may explain the error. */
  onUnavailable(): void {
    if (this.#probeTimer && performance.now() - this.#probedAt > MIN_PROBE_INTERVAL_MS) void this.#probe();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#probeTimer) clearInterval(this.#probeTimer);
    for (const host of this.#hosts) host.close();
  }

  async #getPrimary(): Promise<Host> {
    const isFresh = performance.now() - this.#probedAt < MIN_PROBE_INTERVAL_MS;
    if (!this.#current && !(this.#lastError && isFresh)) await this.#probe();
    if (this.#current) return this.#current.host;
    throw this.#lastError ?? new NoPrimaryError('The process is shutting down.');
  }

  /** Concurrent calls share one probe. Never rejects. */
  #probe(): Promise<void> {
    this.#probing ??= this.#probeOnce().finally(() => {
      this.#probing = null;
      this.#probedAt = performance.now();
    });
    return this.#probing;
  }

  async #probeOnce(): Promise<void> {
    const before = this.#current;
    const askedAt = performance.now();
    const status = await before?.host.probe();
    const isDoubtful = !status?.isWritable || performance.now() - askedAt > SLOW_PROBE_MS;
    if (before?.hasQuorum && isDoubtful) this.#onDoubt();
    if (status?.isWritable || this.#isClosed) return;
    // An unreachable primary may be back in a moment. One that refuses writes is demoted: its reads would be stale.
    if (before && status && !status.isUnreachable) this.#dropPrimary(before, status.reason);
    try {
      const next = await selectPrimary(this.#hosts, this.#current?.host ?? null);
      if (!this.#isClosed) this.#switchTo(next);
    } catch (error) {
      if (!(error instanceof NoPrimaryError)) throw error;
      this.#lastError = error;
    }
    for (const host of this.#hosts) if (host !== this.#current?.host) host.close();
  }

  #dropPrimary({ host }: SelectedPrimary, reason: string): void {
    this.#current = null;
    for (const socket of this.#sockets) socket.destroy(new NoPrimaryError(`${host.address.name}: ${reason}`));
    this.onFailover(`${host.address.name} is no longer written to: ${reason}`);
  }

  #switchTo(next: SelectedPrimary): void {
    const before = this.#current;
    if (before && before.host !== next.host)
      this.#dropPrimary(before, 'it does not answer, and another one has its place');
    const isFailover = this.#current === null && this.#probeTimer !== null;
    this.#current = next;
    this.#lastError = null;
    this.#probeTimer ??= setInterval(() => void this.#probe(), PROBE_INTERVAL_MS).unref();
    if (isFailover) this.onFailover(`${next.host.address.name} is the new primary`);
  }
}
