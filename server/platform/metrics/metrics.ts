/** What Prometheus may ask of this server. One registry for each house, so that two in one process do not mix. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Log } from '../log.ts';

export type { Counter, Gauge, Histogram };

/** A metric's name without the prefix `fleetbeat_`, what it tells, and the names of its labels (never a URL or a key). */
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

  /** Seconds, unless `buckets` says otherwise. */
  histogram<Label extends string = never>(description: MetricDescription<Label>, buckets: number[]): Histogram<Label> {
    return new Histogram({ ...this.#options(description), buckets });
  }

  /** A value of the moment: set by its owner, or by `read` each time somebody looks. */
  gauge<Label extends string = never>(
    description: MetricDescription<Label>,
    read?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    const log = this.log;
    const collect = async function (this: Gauge<Label>) {
      try {
        await read?.(this);
      } catch (error) {
        // One value that cannot be read must not hide the others. Without labels a gauge cannot be absent.
        log.warn({ err: error }, `metric ${description.name} could not be read`);
        this.reset();
        if (!description.labels) this.set(Number.NaN);
      }
    };
    return new Gauge({ ...this.#options(description), ...(read && { collect }) });
  }

  /** Everything, in the text format of Prometheus. */
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
