/** Limits that hold whatever the limited work does. */

/** Settles as `work` does, or rejects with the signal's reason when that aborts first. */
export function raceAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

export interface LinkedAbort {
  readonly signal: AbortSignal;
  /** Aborts it, and lets go of the signal that it is linked to. */
  abort(reason?: unknown): void;
  /** Lets go of the signal that it is linked to. */
  unlink(): void;
}

/** A signal of its own that also aborts, with the same reason, when `source` does. */
export function linkAbort(source: AbortSignal | undefined): LinkedAbort {
  const controller = new AbortController();
  const onSourceAbort = () => link.abort(source?.reason);
  const link: LinkedAbort = {
    signal: controller.signal,
    abort(reason) {
      link.unlink();
      controller.abort(reason);
    },
    unlink: () => source?.removeEventListener('abort', onSourceAbort),
  };
  if (source?.aborted) onSourceAbort();
  else source?.addEventListener('abort', onSourceAbort);
  return link;
}

export const timeoutError = (message: string): DOMException => new DOMException(message, 'TimeoutError');
