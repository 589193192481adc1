import { linkAbort } from './abort.js';

/**
 * A generator whose `return()` also ends a `next()` that is pending: the generator that `create` makes has to end with its
 * signal. Without this, `return()` waits for the next item, and a component that unmounts leaves its request open.
 */
export function stoppable<T>(
  source: AbortSignal | undefined,
  create: (signal: AbortSignal) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const link = linkAbort(source);
  const items = create(link.signal);
  const stop = items.return.bind(items);
  return Object.assign(items, {
    return: (value: void | PromiseLike<void>) => {
      link.abort();
      return stop(value);
    },
  });
}
