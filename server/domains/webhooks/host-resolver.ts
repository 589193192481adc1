/**
 * Looks up the hosts of webhooks. `dns.lookup` blocks one of the four threads that the whole process has for files,
 * compression and lookups, for up to half a minute when a name server is slow, and whoever registers a webhook chooses
 * the name server. The resolver used here waits without a thread, gives up in time, and gives each account its share.
 */
import dns, { type LookupAddress, promises } from 'node:dns';
import { SECOND } from '../../platform/clock.ts';
import { FairPool } from '../../platform/fair-pool.ts';

const TIMEOUT_MS = 3 * SECOND;
const TIMEOUT_PER_TRY_MS = 1 * SECOND;
const TRIES = 2;
const SHARES = { limit: 64, perOwner: 8, reserve: 192 };
/** Two of the four threads stay free. */
const THREAD_SHARES = { limit: 2, perOwner: 1 };

/** The name server has answered that it knows no such name, or there is none to ask. */
const NO_ANSWER_CODES: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA', 'ECONNREFUSED']);

export class HostResolver {
  readonly #lookups = new FairPool(SHARES);
  readonly #threads = new FairPool(THREAD_SHARES);

  /** `usesHostsFile`: also find what only the operating system knows, such as names of /etc/hosts and search domains. */
  constructor(private readonly usesHostsFile: boolean) {}

  /** Resolves with at least one address, IPv4 first. Rejects within seconds when there is none; `owner` is the account. */
  async resolve(hostname: string, owner: string): Promise<LookupAddress[]> {
    const ending = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        const error = new Error(`${hostname} could not be looked up within ${TIMEOUT_MS / SECOND} seconds.`);
        ending.abort(error);
        reject(error);
      }, TIMEOUT_MS);
    });
    const found = this.#lookups.run(owner, () => this.#find(hostname, owner, ending.signal), ending.signal);
    // Not by the signal alone: whatever the resolver does with it, the caller gets an answer.
    return Promise.race([found, late]).finally(() => clearTimeout(timer));
  }

  async #find(hostname: string, owner: string, signal: AbortSignal): Promise<LookupAddress[]> {
    if (this.usesHostsFile && isLocalName(hostname)) return this.#findInSystem(hostname, owner, signal);
    try {
      return await query(hostname, signal);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!this.usesHostsFile || !NO_ANSWER_CODES.has(code)) throw error;
      return this.#findInSystem(hostname, owner, signal);
    }
  }

  #findInSystem(hostname: string, owner: string, signal: AbortSignal): Promise<LookupAddress[]> {
    return this.#threads.run(owner, () => promises.lookup(hostname, { all: true }), signal);
  }
}

const isLocalName = (hostname: string): boolean => !hostname.includes('.') || hostname.endsWith('.localhost');

async function query(hostname: string, signal: AbortSignal): Promise<LookupAddress[]> {
  const resolver = new promises.Resolver({ timeout: TIMEOUT_PER_TRY_MS, tries: TRIES });
  // A new resolver reads the system's servers; those that this process was told to ask come first.
  resolver.setServers(dns.getServers());
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const found = [...toAddresses(four, 4), ...toAddresses(six, 6)];
    if (found.length > 0) return found;
    throw four.status === 'rejected' ? four.reason : new Error(`${hostname} has no address.`);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

const toAddresses = (result: PromiseSettledResult<string[]>, family: 4 | 6): LookupAddress[] =>
  result.status === 'fulfilled' ? result.value.map((address) => ({ address, family })) : [];
