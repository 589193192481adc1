/**
 * Ends requests that wait when their credential ends. A request is authenticated when it arrives; one that then waits for a
 * person or an endpoint must not be answered with what its key may not see any more, and any server may have revoked it.
 */
import { Fault } from '../faults.ts';
import type { Principal } from '../principal.ts';

/** A credential that has ended ends the requests that wait within two seconds: this, and the time of a check. */
const CHECK_EVERY_MS = 1_000;

export interface CredentialChecks {
  /** Those of the keys that are valid now, whoever has revoked one. */
  readonly keyCache: { filterValid(keyIds: readonly string[]): Promise<ReadonlySet<string>> };
  /** Those of the web sessions, by the hashes of their tokens, that are open now. */
  readonly webSessions: { filterOpen(tokenHashes: readonly string[]): Promise<ReadonlySet<string>> };
}

interface WaitingRequest {
  readonly principal: Principal;
  readonly controller: AbortController;
  /** When the credential was last found valid, by `performance.now()`. */
  confirmedAt: number;
}

export class CredentialWatch {
  readonly #waiting = new Set<WaitingRequest>();
  #timer: NodeJS.Timeout | undefined;
  #isChecking = false;

  constructor(private readonly checks: CredentialChecks) {}

  /**
   * Resolves with the result of `work` if the credential is still valid then. Otherwise throws `unauthenticated`, and aborts
   * the signal as soon as that is known. Throws `unavailable` when it cannot be checked.
   */
  async run<T>(principal: Principal, work: (ended: AbortSignal) => Promise<T>): Promise<T> {
    const request: WaitingRequest = { principal, controller: new AbortController(), confirmedAt: performance.now() };
    this.#waiting.add(request);
    this.#timer ??= setInterval(() => void this.#checkAll(), CHECK_EVERY_MS);
    const result = work(request.controller.signal);
    await result.catch(() => undefined);
    this.#waiting.delete(request);
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    // Also after a failure, which may tell something too.
    if (performance.now() - request.confirmedAt > CHECK_EVERY_MS) await this.#check([request]);
    if (request.controller.signal.aborted) throw new Fault('unauthenticated', ENDED_MESSAGE);
    return result;
  }

  async #checkAll(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    // Requests whose credential cannot be checked go on waiting, and are checked before they are answered.
    await this.#check([...this.#waiting]).catch(() => undefined);
    this.#isChecking = false;
  }

  async #check(requests: readonly WaitingRequest[]): Promise<void> {
    const askedAt = performance.now();
    const tokenHashes = requests.flatMap(({ principal }) => principal.web?.tokenHash ?? []);
    const [valid, open] = await Promise.all([
      this.checks.keyCache.filterValid([...new Set(requests.map(({ principal }) => principal.keyId))]),
      this.checks.webSessions.filterOpen([...new Set(tokenHashes)]),
    ]);
    for (const request of requests) {
      const { keyId, web } = request.principal;
      if (valid.has(keyId) && (web === undefined || open.has(web.tokenHash))) request.confirmedAt = askedAt;
      else request.controller.abort();
    }
  }
}

const ENDED_MESSAGE = 'The key or web session was revoked or expired while the request waited.';
