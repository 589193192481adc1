/** How accounts could be sharded over several databases (docs/sizing.md). */

/** Tables whose rows are of no account, or of none yet: they would stay in one shared database. */
export const GLOBAL_TABLES = ['leases', 'migrations', 'oauth_records', 'observed_days', 'push_keys', 'uptime'];

/** The primary keys of tables that are queried before the account is known: they would need a lookup table. */
export const LOOKUP_COLUMNS: Readonly<Record<string, string>> = {
  api_keys: 'keyId',
  invitations: 'invitationId',
  web_sessions: 'tokenHash',
};

/** Those of the given tables that a statement names. */
export const findTables = (statement: string, tables: readonly string[]): string[] =>
  tables.filter((table) => new RegExp(`\\b(FROM|JOIN|INTO|UPDATE)\\s+\`?${table}\\b`, 'i').test(statement));
