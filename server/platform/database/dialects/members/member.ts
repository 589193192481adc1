/** One of several database servers, and what it says of itself. */
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import type { DatabaseHost } from '../../database-hosts.ts';
import { whyAway } from '../../why-away.ts';
import { ASKED, type GroupRow, hasGroup, type Standing, standingOf } from './standing.ts';

const ANSWER_MS = 2_000;
const VARIABLES = `SHOW GLOBAL VARIABLES WHERE Variable_name IN (${ASKED.map((name) => `'${name}'`).join(', ')})`;
const GROUP = `SELECT MEMBER_ID = @@server_uuid AS is_self, MEMBER_STATE AS state, MEMBER_ROLE AS role
  FROM performance_schema.replication_group_members`;

export class Member {
  #connection: Connection | null = null;
  #looking: Promise<Standing> | null = null;
  #isWanted = false;

  constructor(readonly at: DatabaseHost) {}

  /** Asks the server, over a connection that serves nothing else and stays open. Never rejects. */
  look(): Promise<Standing> {
    this.#isWanted = true;
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
      if (!this.#isWanted) this.#hangUp();
    });
    return this.#looking;
  }

  /** Ends the connection, after the look that is under way; the next look opens another one. */
  close(): void {
    this.#isWanted = false;
    if (!this.#looking) this.#hangUp();
  }

  async #lookOnce(): Promise<Standing> {
    try {
      this.#connection ??= await this.#connect();
      return await this.#ask(this.#connection);
    } catch (error) {
      this.#hangUp();
      return { takesWrites: false, isSilent: true, why: whyAway(error) };
    }
  }

  #hangUp(): void {
    this.#connection?.destroy();
    this.#connection = null;
  }

  async #connect(): Promise<Connection> {
    const { host, port, user, password } = this.at;
    const connection = await createConnection({ host, port, user, password, connectTimeout: ANSWER_MS });
    // A connection that is lost between two looks is found lost by the next one.
    connection.on('error', () => undefined);
    return connection;
  }

  async #ask(connection: Connection): Promise<Standing> {
    const rows = await rowsOf(connection, VARIABLES);
    const variables = new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));
    const group = hasGroup(variables) ? await groupSeenBy(connection) : [];
    return standingOf({ variables, group });
  }
}

async function groupSeenBy(connection: Connection): Promise<GroupRow[] | null> {
  try {
    const rows = await rowsOf(connection, GROUP);
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

const rowsOf = async (connection: Connection, sql: string): Promise<RowDataPacket[]> =>
  (await connection.query<RowDataPacket[]>({ sql, timeout: ANSWER_MS }))[0];
