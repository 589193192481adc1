/** Decides from the global settings of a MySQL or MariaDB server what it can promise. Pure. */

export const CHECKED_SETTINGS = [
  'innodb_flush_log_at_trx_commit',
  'log_bin',
  'sync_binlog',
  'binlog_format',
  'max_allowed_packet',
] as const;

export type ServerSettings = ReadonlyMap<string, string>;

/** The largest transaction of a full group commit, with room to spare. MariaDB's default; MySQL's is 64 MB. */
const MIN_PACKET_BYTES = 16_777_216;

/** Why no server may work with these settings; null when it may. */
export function findRefusal(settings: ServerSettings): string | null {
  if (settings.get('log_bin') !== 'ON' || settings.get('binlog_format') !== 'STATEMENT') return null;
  return 'the database has binlog_format = STATEMENT, which rejects every write at READ COMMITTED. SET GLOBAL binlog_format = ROW changes that.';
}

/** Each setting that is weaker than what Fleetbeat promises, with its consequence. */
export function findWarnings(settings: ServerSettings): string[] {
  const warnings: string[] = [];
  const flush = settings.get('innodb_flush_log_at_trx_commit');
  if (flush !== undefined && flush !== '1')
    warnings.push(
      `innodb_flush_log_at_trx_commit is ${flush}: a crash can lose the last second of acknowledged writes. 1 keeps them.`,
    );
  const sync = settings.get('sync_binlog');
  if (settings.get('log_bin') === 'ON' && sync !== undefined && sync !== '1')
    warnings.push(
      `sync_binlog is ${sync}: a power failure can lose acknowledged writes, and replicas then differ. 1 keeps them.`,
    );
  const packet = Number(settings.get('max_allowed_packet'));
  if (packet < MIN_PACKET_BYTES)
    warnings.push(`max_allowed_packet is ${packet}: large transactions fail. ${MIN_PACKET_BYTES} bytes are enough.`);
  return warnings;
}
