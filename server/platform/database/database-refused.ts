/** The database is reachable, but the server must not work on it. The message, for a person, says why and what to do. */
export class DatabaseRefused extends Error {
  override readonly name = 'DatabaseRefused';
}
