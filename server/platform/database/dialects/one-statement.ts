/** Rejects SQL with more than one statement, as the injection guard of connections with `multipleStatements`. */

/**
 * A whole literal, quoted name or comment. Backslash escapes apply, as in the SQL mode that mysql.ts sets. Executable
 * comments (`/*!`, `/*M!`) do not match, so their content is checked.
 */
const OPAQUE =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|\/\*(?![!M])[\s\S]*?\*\/|(?:#|--(?=\s))[^\n]*(?:\n|$)/g;

/**
 * Throws for a `;` outside literals and comments, as an injection would contain. Trigger and procedure bodies contain it
 * too: they need a connection without `multipleStatements`.
 */
export function requireOneStatement(sql: string): void {
  // Fast path: hardly any statement contains one.
  if (!sql.includes(';') || !sql.replace(OPAQUE, ' ').includes(';')) return;
  throw new Error(`This is more than one statement (a ';' outside literals and comments): ${sql}`);
}
