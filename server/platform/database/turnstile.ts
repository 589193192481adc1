/**
 * Lets one piece of work through at a time, in order of arrival. TypeORM keeps one connection to SQLite: two
 * transactions that overlapped there would share one BEGIN and one COMMIT.
 */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  pass<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
