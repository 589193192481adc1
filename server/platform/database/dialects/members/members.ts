/**
 * Several database servers of which one takes the writes. Every connection of the pool goes to that one; when another one
 * takes its place, the connections to the old one are cut and the next ones go to the new one.
 */
import { Socket } from 'node:net';
import type { DatabaseHost } from '../../database-hosts.ts';
import { type Choice, choose, NoPrimary } from './choice.ts';
import { Member } from './member.ts';

/** How often the chosen server is asked whether it still is the one. */
const WATCH_MS = 1_000;
/** After a look that has found nothing, the next one waits for this long. */
const REST_MS = 200;

/** Told, for the log, when the writes go to another server, or can go to none. */
export type Tell = (words: string) => void;

export class Members {
  readonly #members: readonly Member[];
  #current: Choice | null = null;
  #refusal: NoPrimary | null = null;
  #looking: Promise<void> | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #watch: NodeJS.Timeout | null = null;
  #isClosed = false;
  readonly #sockets = new Set<Socket>();

  constructor(
    hosts: readonly DatabaseHost[],
    private readonly tell: Tell,
  ) {
    this.#members = hosts.map((host) => new Member(host));
  }

  /** True while a group of servers has chosen the primary. */
  get inGroup(): boolean {
    return this.#current?.isSole ?? false;
  }

  /** A socket to the server that takes the writes; it fails with `NoPrimary` when there is none. */
  connect(): Socket {
    const socket = new Socket().setNoDelay(true).setKeepAlive(true);
    this.#primary().then(
      ({ at }) => {
        if (socket.destroyed) return;
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
        socket.connect(at.port, at.host);
      },
      (error) => socket.destroy(error),
    );
    return socket;
  }

  /** Looks at once, not at the next round of the watch: something failed that a change of the primary would explain. */
  suspect(): void {
    if (this.#watch && performance.now() - this.#lookedAt > REST_MS) void this.#look();
  }

  close(): void {
    this.#isClosed = true;
    if (this.#watch) clearInterval(this.#watch);
    for (const member of this.#members) member.close();
  }

  async #primary(): Promise<Member> {
    const isFresh = performance.now() - this.#lookedAt < REST_MS;
    if (!this.#current && !(this.#refusal && isFresh)) await this.#look();
    if (this.#current) return this.#current.member;
    throw this.#refusal ?? new NoPrimary('The servers are left alone: this process stops.');
  }

  /** One look at a time; it never rejects. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
      this.#lookedAt = performance.now();
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const before = this.#current;
    const standing = await before?.member.look();
    if (standing?.takesWrites || this.#isClosed) return;
    // A silent one may be back in a moment; one that refuses writes must not even be read from any longer.
    if (before && standing && !standing.isSilent) this.#leave(before, standing.why);
    try {
      const next = await choose(this.#members, this.#current?.member ?? null);
      if (!this.#isClosed) this.#moveTo(next);
    } catch (error) {
      if (!(error instanceof NoPrimary)) throw error;
      this.#refusal = error;
    }
    for (const member of this.#members) if (member !== this.#current?.member) member.close();
  }

  #leave({ member }: Choice, why: string): void {
    this.#current = null;
    for (const socket of this.#sockets) socket.destroy(new NoPrimary(`${member.at.name}: ${why}`));
    this.tell(`${member.at.name} is no longer written to: ${why}`);
  }

  #moveTo(next: Choice): void {
    const before = this.#current;
    if (before && before.member !== next.member)
      this.#leave(before, 'it does not answer, and another one has its place');
    const moved = this.#current === null && this.#watch !== null;
    this.#current = next;
    this.#refusal = null;
    this.#watch ??= setInterval(() => void this.#look(), WATCH_MS).unref();
    if (moved) this.tell(`${next.member.at.name} is written to from now on`);
  }
}
