/** The signals by which a Node process is asked to end. Elsewhere there are none, and nothing is ever called. */

interface ProcessLike {
  readonly pid: number;
  on(signal: string, listener: (signal: string) => void): unknown;
  off(signal: string, listener: (signal: string) => void): unknown;
  listenerCount(signal: string): number;
  kill(pid: number, signal: string): unknown;
}

const SIGNALS = ['SIGTERM', 'SIGINT'];
/** How many listeners of this file there are for each signal. */
let listening = 0;

/**
 * Calls `beforeEnd` when the process is asked to end, and then lets it end as it would have; at the second signal at once.
 * Somebody else who listens to the signal decides about the end themselves. The returned function stops listening.
 */
export function onKillSignal(beforeEnd: (signal: string) => Promise<void>): () => void {
  const { process } = globalThis as { readonly process?: Partial<ProcessLike> };
  if (!process?.on || !process.off || !process.listenerCount || !process.kill) return () => undefined;
  const node = process as ProcessLike;
  let [isListening, wasKilled] = [true, false];
  const stop = () => {
    if (isListening) listening -= 1;
    isListening = false;
    for (const signal of SIGNALS) node.off(signal, listener);
  };
  const listener = (signal: string) => {
    const isOurs = node.listenerCount(signal) === listening;
    const end = () => {
      stop();
      if (isOurs && listening === 0) node.kill(node.pid, signal);
    };
    if (wasKilled) return end();
    wasKilled = true;
    void beforeEnd(signal).finally(end);
  };
  listening += 1;
  for (const signal of SIGNALS) node.on(signal, listener);
  return stop;
}
