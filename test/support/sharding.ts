/** How accounts could be spread over several databases; docs/sizing.md tells what for. */

/** No account's: they would stay in one database beside the others. */
export const GLOBAL_TABLES = ['leases', 'migrations'];

/** Rows of one account that are looked for before the account is known: they need an index of where they are. */
export const LOOKUP_COLUMNS: Readonly<Record<string, string>> = { api_keys: 'keyId', web_sessions: 'tokenHash' };

/** The tables that a statement names, of those that are given. */
export const findTables = (statement: string, tables: readonly string[]): string[] =>
  tables.filter((table) => new RegExp(`\\b(FROM|JOIN|INTO|UPDATE)\\s+\`?${table}\\b`, 'i').test(statement));
