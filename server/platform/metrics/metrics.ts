/** Metrics for Prometheus. One registry per app context, so that two in one process stay separate. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../log.ts';

export type { Counter, Gauge, Histogram };

/** A metric: its name without the prefix `fleetbeat_`, its help text and label names. Labels must have few values. */
export interface MetricDescription<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels?: readonly Label[];
}

export class Metrics {
  readonly #registry = new Registry();

  constructor(private readonly log: Log) {
    collectDefaultMetrics({ register: this.#registry });
  }

  counter<Label extends string = never>(description: MetricDescription<Label>): Counter<Label> {
    return new Counter(this.#options(description));
  }

  /** A histogram of seconds, unless `buckets` differ. */
  histogram<Label extends string = never>(description: MetricDescription<Label>, buckets: number[]): Histogram<Label> {
    return new Histogram({ ...this.#options(description), buckets });
  }

  /** A gauge: set by its owner, or by `read` on every scrape. */
  gauge<Label extends string = never>(
    description: MetricDescription<Label>,
    read?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    const log = this.log;
    const collect = async function (this: Gauge<Label>) {
      try {
        await read?.(this);
      } catch (error) {
        // One failing gauge must not fail the scrape. A gauge without labels cannot be omitted.
        log.warn({ err: error }, `metric ${description.name} could not be read`);
        this.reset();
        if (!description.labels) this.set(Number.NaN);
      }
    };
    return new Gauge({ ...this.#options(description), ...(read && { collect }) });
  }

  /** All metrics in Prometheus text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    this.#registry.clear();
  }

  #options<Label extends string>({ name, help, labels = [] }: MetricDescription<Label>) {
    return { name: `fleetbeat_${name}`, help, labelNames: [...labels], registers: [this.#registry] };
  }
}

const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const SECONDS = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** Observes the group commit of session updates. */
export function createBatchObserver(metrics: Metrics): (size: number, waitedSeconds: number) => void {
  const size = metrics.histogram(
    { name: 'update_batch_size', help: 'Session updates that shared one transaction.' },
    SIZES,
  );
  const wait = metrics.histogram(
    { name: 'update_batch_wait_seconds', help: 'How long the first update of a batch waited for its turn.' },
    SECONDS,
  );
  return (items, waitedSeconds) => {
    size.observe(items);
    wait.observe(waitedSeconds);
  };
}
