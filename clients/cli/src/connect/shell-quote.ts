/** Words of a command line for a POSIX shell. Pure. */

/** `${…}` is left to the agent, which fills in its own folders. */
export const shellQuote = (word: string): string =>
  /^[\w@%+=:,./${}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;

/** The word that `shellQuote` has written. */
export const shellUnquote = (quoted: string): string =>
  quoted.startsWith("'") ? quoted.slice(1, -1).replaceAll(`'\\''`, "'") : quoted;
