/**
 * Detects network use inside an open transaction. Such a transaction would hold its locks (on SQLite the only connection)
 * until a remote DNS server or endpoint responds, and block every account. The async hook slows down every promise, so it
 * is enabled in tests and development only.
 */
import { AsyncLocalStorage, createHook } from 'node:async_hooks';

/** Node's async resource types for DNS lookups and connection attempts. */
const NETWORK_RESOURCES: ReadonlySet<string> = new Set([
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'TCPCONNECTWRAP',
  'PIPECONNECTWRAP',
  'UDPSENDWRAP',
]);

interface OpenTransaction {
  isOpen: boolean;
  violation: Error | null;
}

const current = new AsyncLocalStorage<OpenTransaction>();
const hook = createHook({
  init(_id, type) {
    if (!NETWORK_RESOURCES.has(type)) return;
    const transaction = current.getStore();
    // Recorded, not thrown: an exception in an async hook ends the process.
    if (transaction?.isOpen) transaction.violation ??= new NetworkInTransactionError(type);
  },
});
let isEnabled = false;

/** Its stack shows the code that used the network. */
export class NetworkInTransactionError extends Error {
  override readonly name = 'NetworkInTransactionError';

  constructor(resource: string) {
    super(
      `The network was used inside an open transaction (${resource}). Use it before, in the operation's prepare step.`,
    );
  }
}

/** Makes transactions of this process fail if they use the network. Cannot be undone. */
export function enableNetworkGuard(): void {
  if (isEnabled) return;
  isEnabled = true;
  hook.enable();
}

/** Runs the work of a transaction. With the guard enabled, rejects with NetworkInTransactionError if it used the network. */
export async function withoutNetwork<T>(work: () => Promise<T>): Promise<T> {
  if (!isEnabled) return work();
  const transaction: OpenTransaction = { isOpen: true, violation: null };
  try {
    const result = await current.run(transaction, work);
    if (transaction.violation) throw transaction.violation;
    return result;
  } finally {
    transaction.isOpen = false;
  }
}
