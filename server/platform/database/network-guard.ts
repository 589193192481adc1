/**
 * Finds code that uses the network while a transaction is open. Such a transaction holds its locks (on SQLite the only
 * connection) for as long as a stranger's name server or endpoint takes to answer, and every account waits. Node is asked
 * about each resource it creates, which slows every promise down, so this runs in tests and development only.
 */
import { AsyncLocalStorage, createHook } from 'node:async_hooks';

/** What Node creates for a name lookup and for a connection attempt. */
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
    // A hook must not throw: that ends the process.
    if (transaction?.isOpen) transaction.violation ??= new NetworkInTransactionError(type);
  },
});
let isEnabled = false;

/** The stack shows who asked for the network. */
export class NetworkInTransactionError extends Error {
  override readonly name = 'NetworkInTransactionError';

  constructor(resource: string) {
    super(
      `The network was used within an open transaction (${resource}). Do it before, in the operation's prepare step.`,
    );
  }
}

/** From now on transactions of this process fail when they use the network. */
export function enableNetworkGuard(): void {
  if (isEnabled) return;
  isEnabled = true;
  hook.enable();
}

/** Runs the work of a transaction; once the guard is enabled, rejects if that used the network. */
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
