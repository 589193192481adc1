/** Whether a text of SQL is one statement: the guard of a connection that takes several in one packet. */

/**
 * A literal, a quoted name or a comment, whole. Strings take a backslash, as in the pinned SQL mode. What stands in a
 * comment that the database executes is not opaque.
 */
const OPAQUE =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|\/\*(?![!M])[\s\S]*?\*\/|(?:#|--(?=\s))[^\n]*(?:\n|$)/g;

/**
 * Refuses a text with a `;` outside of literals and comments, as an injection would have it. The body of a trigger or a
 * procedure has that too: it needs a connection without `multipleStatements`.
 */
export function requireOneStatement(sql: string): void {
  // Nearly no text has one.
  if (!sql.includes(';') || !sql.replace(OPAQUE, ' ').includes(';')) return;
  throw new Error(`This is more than one statement, for a ';' outside of literals and comments separates them: ${sql}`);
}
