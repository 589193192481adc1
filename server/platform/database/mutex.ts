/**
 * Runs one task at a time, in order of arrival. Needed because TypeORM has a single connection to SQLite, on which
 * overlapping transactions would share one BEGIN and one COMMIT.
 */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
