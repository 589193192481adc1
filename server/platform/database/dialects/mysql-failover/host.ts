/** One of several database hosts, with a connection to probe it. */
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseHost } from '../../database-hosts.ts';
import type { TlsOptions } from '../../database-tls.ts';
import { describeDatabaseError } from '../../describe-database-error.ts';
import { initializeSession, SESSION_INIT } from '../mysql-session.ts';
import { type GroupMember, type HostStatus, hasGroup, toHostStatus, VARIABLE_NAMES } from './host-status.ts';

const PROBE_TIMEOUT_MS = 2_000;
const VARIABLES_QUERY = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${VARIABLE_NAMES.map((name) => `'${name}'`).join(', ')})`;
const GROUP_QUERY = `SELECT MEMBER_ID = @@server_uuid AS is_self, MEMBER_STATE AS state, MEMBER_ROLE AS role
  FROM performance_schema.replication_group_members`;

export class Host {
  #connection: Connection | null = null;
  #probing: Promise<HostStatus> | null = null;
  #keepOpen = false;

  constructor(
    readonly address: DatabaseHost,
    private readonly ssl?: TlsOptions,
  ) {}

  /** Reads the host's status over a dedicated connection that stays open. Concurrent calls share a probe. Never rejects. */
  probe(): Promise<HostStatus> {
    this.#keepOpen = true;
    this.#probing ??= this.#probeOnce().finally(() => {
      this.#probing = null;
      if (!this.#keepOpen) this.#disconnect();
    });
    return this.#probing;
  }

  /** Closes the connection, after the running probe if there is one. The next probe opens a new connection. */
  close(): void {
    this.#keepOpen = false;
    if (!this.#probing) this.#disconnect();
  }

  async #probeOnce(): Promise<HostStatus> {
    try {
      this.#connection ??= await this.#connect();
      return await this.#readStatus(this.#connection);
    } catch (error) {
      this.#disconnect();
      return { isWritable: false, isUnreachable: true, reason: describeDatabaseError(error) };
    }
  }

  #disconnect(): void {
    this.#connection?.destroy();
    this.#connection = null;
  }

  async #connect(): Promise<Connection> {
    const { host, port, user, password } = this.address;
    const tls = this.ssl ? { ssl: this.ssl } : {};
    const connection = await createConnection({ host, port, user, password, connectTimeout: PROBE_TIMEOUT_MS, ...tls });
    // Without a listener a connection lost between two probes would crash the process; the next probe reports it.
    connection.on('error', () => undefined);
    try {
      await initializeSession((sql) => connection.query({ sql, timeout: PROBE_TIMEOUT_MS }), SESSION_INIT);
    } catch (error) {
      connection.destroy();
      throw error;
    }
    return connection;
  }

  async #readStatus(connection: Connection): Promise<HostStatus> {
    const rows = await queryRows(connection, VARIABLES_QUERY);
    const variables = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));
    const group = hasGroup(variables) ? await readGroupMembers(connection) : [];
    return toHostStatus({ variables, group });
  }
}

async function readGroupMembers(connection: Connection): Promise<GroupMember[] | null> {
  try {
    const rows = await queryRows(connection, GROUP_QUERY);
    return rows.map((row) => ({
      isSelf: Number(row['is_self']) === 1,
      state: String(row['state']),
      role: String(row['role']),
    }));
  } catch (error) {
    if ((error as { code?: string }).code === 'ER_TABLEACCESS_DENIED_ERROR') return null;
    throw error;
  }
}

const queryRows = async (connection: Connection, sql: string): Promise<RowDataPacket[]> =>
  (await connection.query<RowDataPacket[]>({ sql, timeout: PROBE_TIMEOUT_MS }))[0];
