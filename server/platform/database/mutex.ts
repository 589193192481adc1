/**
 * Lets one piece of work through at a time, in order of arrival. TypeORM keeps one connection to SQLite: two
 * transactions that overlapped there would share one BEGIN and one COMMIT.
 */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
