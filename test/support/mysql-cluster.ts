/** A real group of three MySQL servers with one primary, whose members can be killed, frozen and restarted. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import { eventually } from './eventually.ts';
import { freePort } from './find-mysql.ts';
import { findMysqld, type Mysqld } from './mysqld.ts';
import { lastLines, registerExitCleanup, waitUntilReady } from './private-mysql.ts';

export interface ClusterMember {
  readonly port: number;
  /** Runs a statement here, as root. */
  sql(statement: string): Promise<RowDataPacket[]>;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
  /** Starts it on its old data, without joining the group: it is a standalone server then. */
  start(): Promise<void>;
  /** Joins the group and waits until it is online. */
  join(): Promise<void>;
  /** Stops its process, like a machine that hangs, until `thaw`. */
  freeze(): void;
  thaw(): void;
}

export interface MysqlCluster {
  readonly version: string;
  readonly members: readonly ClusterMember[];
  /** The member that is the primary in its own view and that of a majority; waits until there is one. */
  primary(): Promise<ClusterMember>;
  close(): Promise<void>;
}

const MEMBER_COUNT = 3;
const GROUP = 'b1e0c9f4-5a5e-4c55-9d0e-0f1ee7bea700';
const GROUP_MEMBERS_QUERY =
  'SELECT MEMBER_PORT AS port, MEMBER_STATE AS state, MEMBER_ROLE AS role FROM performance_schema.replication_group_members';

/** Resolves when all three are online. They expel a silent member at once, so that tests are fast. */
export async function startCluster(): Promise<MysqlCluster> {
  const mysqld = await findMysqld();
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-cluster-'));
  const members: GroupMember[] = [];
  const cleanUp = () => {
    for (const member of members) member.killNow();
    rmSync(folder, { recursive: true, force: true });
  };
  const unregister = registerExitCleanup(cleanUp);
  const close = async () => {
    await Promise.all(members.map((member) => member.kill()));
    cleanUp();
    unregister();
  };
  try {
    await initializeDataFolder(mysqld, join(folder, 'data-0'));
    const ports: number[] = [];
    while (ports.length < 2 * MEMBER_COUNT) ports.push(...[await freePort()].filter((port) => !ports.includes(port)));
    const groupAddresses = ports.slice(MEMBER_COUNT).map((port) => `127.0.0.1:${port}`);
    for (let index = 0; index < MEMBER_COUNT; index += 1) {
      const data = join(folder, `data-${index}`);
      if (index > 0) cpSync(join(folder, 'data-0'), data, { recursive: true });
      members.push(new GroupMember(mysqld, data, ports[index] ?? 0, index, groupAddresses));
    }
    for (const member of members) rmSync(join(member.data, 'auto.cnf'), { force: true });
    await Promise.all(members.map((member) => member.start()));
    await bootstrapGroup(members);
  } catch (error) {
    await close();
    throw error;
  }
  return { version: mysqld.version, members, primary: () => findPrimary(members), close };
}

async function initializeDataFolder({ program, args }: Mysqld, data: string): Promise<void> {
  await promisify(execFile)(program, [...args, ...ROOT_OPTIONS, '--initialize-insecure', `--datadir=${data}`]);
}

const ROOT_OPTIONS = process.getuid?.() === 0 ? ['--user=root'] : [];

async function bootstrapGroup(members: readonly GroupMember[]): Promise<void> {
  for (const member of members) {
    for (const statement of [
      'SET SQL_LOG_BIN = 0',
      "CREATE USER replica@'%' IDENTIFIED BY 'replica'",
      "GRANT REPLICATION SLAVE, CONNECTION_ADMIN, BACKUP_ADMIN, GROUP_REPLICATION_STREAM ON *.* TO replica@'%'",
      'SET SQL_LOG_BIN = 1',
      "CHANGE REPLICATION SOURCE TO SOURCE_USER = 'replica', SOURCE_PASSWORD = 'replica' FOR CHANNEL 'group_replication_recovery'",
    ])
      await member.sql(statement);
  }
  const [first, ...others] = members;
  await first?.sql('SET GLOBAL group_replication_bootstrap_group = ON');
  await first?.sql('START GROUP_REPLICATION');
  await first?.sql('SET GLOBAL group_replication_bootstrap_group = OFF');
  for (const member of others) await member.join();
}

const findPrimary = (members: readonly ClusterMember[]): Promise<ClusterMember> =>
  eventually(async () => {
    for (const member of members) {
      const rows = await member.sql(GROUP_MEMBERS_QUERY).catch(() => []);
      const seen = rows.filter(({ state }) => state === 'ONLINE');
      const isPrimary = seen.some(({ port, role }) => port === member.port && role === 'PRIMARY');
      if (isPrimary && seen.length * 2 > MEMBER_COUNT) return member;
    }
    return null;
  });

class GroupMember implements ClusterMember {
  #child: ChildProcess | null = null;
  #connection: Promise<Connection> | null = null;

  constructor(
    private readonly mysqld: Mysqld,
    readonly data: string,
    readonly port: number,
    private readonly index: number,
    private readonly groupAddresses: readonly string[],
  ) {}

  async sql(statement: string): Promise<RowDataPacket[]> {
    this.#connection ??= this.#connect();
    try {
      const connection = await this.#connection;
      const [rows] = await connection.query<RowDataPacket[]>({ sql: statement, timeout: 60_000 });
      return rows;
    } catch (error) {
      if ((error as { fatal?: boolean }).fatal !== false) this.#disconnect();
      throw error;
    }
  }

  /** A connection that breaks between two statements fails the next one. */
  async #connect(): Promise<Connection> {
    const connection = await createConnection({
      host: '127.0.0.1',
      port: this.port,
      user: 'root',
      connectTimeout: 2_000,
    });
    return connection.on('error', () => undefined);
  }

  async start(): Promise<void> {
    const log = openSync(`${this.data}.log`, 'w');
    const temporary = `${this.data}.tmp`;
    mkdirSync(temporary, { recursive: true });
    const child = spawn(this.mysqld.program, [...this.mysqld.args, ...this.#options()], {
      // Servers that share one delete each other's temporary tables.
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#child = child;
    let exitReason: string | undefined;
    child.once('exit', (code, signal) => {
      exitReason = `it ended with ${signal ?? code}:\n${lastLines(readFileSync(`${this.data}.log`, 'utf8'))}`;
    });
    await waitUntilReady(`mysql://root@127.0.0.1:${this.port}`, undefined, () => exitReason);
  }

  async join(): Promise<void> {
    await this.sql('START GROUP_REPLICATION');
    await eventually(async () => {
      const rows = await this.sql(GROUP_MEMBERS_QUERY);
      return rows.some(({ port, state }) => port === this.port && state === 'ONLINE');
    });
  }

  async kill(): Promise<void> {
    this.#disconnect();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  killNow(): void {
    this.#child?.kill('SIGKILL');
  }

  #disconnect(): void {
    this.#connection?.then((connection) => connection.destroy()).catch(() => undefined);
    this.#connection = null;
  }

  #options(): string[] {
    const group = {
      'group-name': GROUP,
      'start-on-boot': 'OFF',
      'local-address': this.groupAddresses[this.index],
      'group-seeds': this.groupAddresses.join(','),
      'recovery-get-public-key': 'ON',
      'member-expel-timeout': 0,
    };
    return [
      ...ROOT_OPTIONS,
      `--datadir=${this.data}`,
      `--socket=${this.data}.sock`,
      `--pid-file=${this.data}.pid`,
      `--port=${this.port}`,
      '--bind-address=127.0.0.1',
      '--report-host=127.0.0.1',
      `--report-port=${this.port}`,
      `--server-id=${this.index + 1}`,
      '--mysqlx=OFF',
      '--secure-file-priv=NULL',
      '--gtid-mode=ON',
      '--enforce-gtid-consistency=ON',
      '--plugin-load-add=group_replication.so',
      ...Object.entries(group).map(([name, value]) => `--loose-group-replication-${name}=${value}`),
    ];
  }
}
