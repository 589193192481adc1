import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFleetbeat } from '../../clients/typescript/src/index.ts';
import { eventually } from '../support/eventually.ts';
import { type Balancer, startBalancer } from '../support/load-balancer.ts';
import { type ClusterMember, type MysqlCluster, startCluster } from '../support/mysql-cluster.ts';
import {
  type Environment,
  runFailingStart,
  type ServerProcess,
  startServerProcess,
} from '../support/server-process.ts';
import { type Load, startLoad } from '../support/write-load.ts';

const ADMIN_KEY = 'fb_cluster-test_0123456789abcdef0123456789abcdef';
const WRITERS = 8;

let cluster: MysqlCluster;
let servers: ServerProcess[] = [];
let balancer: Balancer;
let load: Load | undefined;

/** A user with exactly the privileges that docs/host-for-a-team.md lists. */
const SETUP = [
  'CREATE DATABASE fleetbeat',
  "CREATE USER fleetbeat@'%' IDENTIFIED BY 'se,cret'",
  "GRANT ALL ON fleetbeat.* TO fleetbeat@'%'",
];
const GRANT = "GRANT SELECT ON performance_schema.replication_group_members TO fleetbeat@'%'";

function environment(members: readonly ClusterMember[] = cluster.members): Environment {
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`).join(',');
  return {
    DATABASE_URL: `mysql://fleetbeat:se%2Ccret@${hosts}/fleetbeat`,
    FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
    FLEETBEAT_RATE_LIMITS: 'off',
    FLEETBEAT_SWEEP_EVERY: '200ms',
    FLEETBEAT_STALE_AFTER: '500ms',
    FLEETBEAT_ARCHIVE_SILENT_AFTER: '1s',
  };
}

beforeAll(async () => {
  cluster = await startCluster();
  console.log(`A group of ${cluster.members.length} servers of MySQL ${cluster.version}.`);
  for (const statement of SETUP) await (await cluster.primary()).sql(statement);
});
afterAll(async () => {
  await load?.stop().catch(() => undefined);
  await Promise.all(servers.map((server) => server.kill()));
  await balancer?.close();
  await cluster?.close();
});

const write = (server: ServerProcess | undefined, sessionId: string) =>
  server?.client(ADMIN_KEY).sessions.create({ sessionId, programId: 'by-hand', name: sessionId });
const getErrorStatus = (attempt: Promise<unknown> | undefined): Promise<number> =>
  Promise.resolve(attempt).then(
    () => 200,
    (error) => Number(error.status ?? 0),
  );
/** Whether this member's own tables have the session. */
const hasSession = async (member: ClusterMember, sessionId: string): Promise<boolean> =>
  (await member.sql(`SELECT 1 FROM fleetbeat.sessions WHERE sessionId = '${sessionId}'`)).length > 0;
const others = (member: ClusterMember) => cluster.members.filter((each) => each !== member);

test('a user without access to the group tables gets an error that names the missing privilege', async () => {
  const { code, output } = await runFailingStart(environment());
  expect(code).toBe(1);
  expect(output.match(/GRANT SELECT ON performance_schema\.replication_group_members/g)).toHaveLength(3);
  await (await cluster.primary()).sql(GRANT);
});

test('two servers start at once and find the primary at any position in the list', async () => {
  for (const member of cluster.members) {
    await eventually(async () => (await member.sql("SHOW GRANTS FOR fleetbeat@'%'")).length > 2);
  }
  const backwards = [...cluster.members].reverse();
  servers = await Promise.all([startServerProcess(environment()), startServerProcess(environment(backwards))]);
  balancer = await startBalancer(servers.map(({ url }) => url));
  load = await startLoad(balancer.url, ADMIN_KEY, WRITERS, 'agent');
  await load.waitForWrites(40);
});

test('kill -9 of the primary under load: no acknowledged write is lost, both servers recover by themselves', async () => {
  const primary = await cluster.primary();
  const before = load?.acknowledged() ?? 0;
  await primary.kill();
  const killedAt = performance.now();
  const chosen = cluster.primary().then(() => performance.now() - killedAt);
  // At most the number of responses that were in flight then, plus one.
  await load?.waitForWrites(1 + WRITERS);
  const downMs = performance.now() - killedAt;
  await load?.waitForWrites(80);
  for (const server of servers) expect(await getErrorStatus(write(server, 'after-failover'))).toBe(200);
  const verifiedCount = await Promise.all(servers.map(({ url }) => load?.verifyAllAt(url)));
  console.log(
    `Writes were down for ${Math.round(downMs)} ms, ${Math.round(await chosen)} of them until the group had a new primary: ${before} acknowledged before, ${load?.acknowledged()} by now, ` +
      `${verifiedCount[0]} rows looked at, all there; ${load?.failed.unavailable} answers of 503, ${load?.failed.lost} lost connections.`,
  );

  // It is back, accepts writes, and is first in the list; but it has not joined the group.
  await primary.start();
  expect(await primary.sql('SELECT @@read_only OR @@super_read_only AS refuses')).toEqual([{ refuses: 0 }]);
  const fresh = await startServerProcess(environment([primary, ...others(primary)]));
  await load?.waitForWrites(40);
  expect(await getErrorStatus(write(fresh, 'after-return'))).toBe(200);
  expect(await hasSession(primary, 'after-return')).toBe(false);
  await fresh.kill();

  await primary.join();
  await eventually(() => hasSession(primary, 'after-return'));
  await load?.waitForWrites(40);
});

test('a planned switch to the returned member loses no write', async () => {
  const [target] = others(await cluster.primary());
  const [{ id } = { id: '' }] = (await target?.sql('SELECT @@server_uuid AS id')) ?? [];
  await target?.sql(`SELECT group_replication_set_as_primary('${id}')`);
  await load?.waitForWrites(80);
  expect((await cluster.primary()).port).toBe(target?.port);
  for (const { url } of servers) await load?.verifyAllAt(url);
});

test('a server is killed: streams resume at the other one without gaps or duplicates, and sessions continue', async () => {
  const [first, second] = servers;
  // The first connection goes to the last server of the list.
  const secondBalancer = await startBalancer([second?.url ?? '', first?.url ?? '']);
  const connections: string[] = [];
  const stream = createFleetbeat({ baseUrl: secondBalancer.url, key: ADMIN_KEY }).events({
    after: 0,
    onConnection: (state) => connections.push(state),
  });
  const numbers: number[] = [];
  const following = (async () => {
    for await (const event of stream) {
      numbers.push(event.sequence);
      if ('sessionId' in event && event.sessionId === 'the-last-one') return;
    }
  })();
  await load?.waitForWrites(40);
  await first?.kill();
  const killedAt = numbers.length;
  await load?.waitForWrites(80);
  await load?.stop();
  const verifiedCount = await load?.verifyAllAt(second?.url ?? '');
  await write(second, 'the-last-one');
  await following;
  await secondBalancer.close();
  expect(connections).toEqual(['open', 'lost', 'open']);
  expect(numbers).toEqual(numbers.map((_, index) => 1 + index));
  console.log(
    `${numbers.length} events, each once and in order, ${killedAt} of them before a server was killed; ` +
      `${verifiedCount} rows looked at, all there.`,
  );
});

test('the job whose lease a killed server held is completed by the other one', async () => {
  const [, second] = servers;
  const third = await startServerProcess(environment());
  second?.signal('SIGSTOP');
  const primary = await cluster.primary();
  await seedSilent(primary);
  const left = async () => {
    const [row] = await primary.sql(
      "SELECT COUNT(*) AS n FROM fleetbeat.sessions WHERE name = 'silent' AND archived = 0",
    );
    return Number(row?.['n']);
  };
  await eventually(async () => (await left()) < SILENT);
  await third.kill();
  expect(await left()).toBeGreaterThan(0);
  second?.signal('SIGCONT');
  await eventually(async () => (await left()) === 0);
});

test('a primary without a majority of its group gets no writes, although it would accept them', async () => {
  const [, server] = servers;
  const primary = await cluster.primary();
  for (const member of others(primary)) member.freeze();
  await eventually(async () => server?.output().includes('it sees only 1 of the 3 members of its group'));
  expect(await primary.sql('SELECT @@read_only OR @@super_read_only AS refuses')).toEqual([{ refuses: 0 }]);
  expect(await getErrorStatus(write(server, 'in-a-minority'))).toBe(503);
  for (const member of others(primary)) member.thaw();
  await eventually(async () => (await getErrorStatus(write(server, 'of-the-majority'))) === 200);
  const holder = await cluster.primary();
  expect([await hasSession(holder, 'in-a-minority'), await hasSession(holder, 'of-the-majority')]).toEqual([
    false,
    true,
  ]);
});

test('a primary in offline mode gets no writes until it is online again', async () => {
  const [, server] = servers;
  const primary = await cluster.primary();
  await primary.sql('SET GLOBAL offline_mode = ON');
  expect(await getErrorStatus(write(server, 'offline'))).toBe(503);
  await primary.sql('SET GLOBAL offline_mode = OFF');
  await eventually(async () => (await getErrorStatus(write(server, 'online'))) === 200);
  expect([await hasSession(primary, 'offline'), await hasSession(primary, 'online')]).toEqual([false, true]);
});

const SILENT = 5_000;
const DAY_MS = 24 * 3_600_000;

/** Inserts sessions whose last heartbeat was a day ago, directly into the table. */
async function seedSilent(primary: ClusterMember): Promise<void> {
  const since = Date.now() - DAY_MS;
  const rows = Array.from({ length: SILENT }, (_, index) => {
    const at = since + index;
    return `('main', 'silent-${index}', 'silent', 'working', 0, ${at}, ${at}, ${at}, ${at}, 0, 1)`;
  });
  const columns =
    'accountId, sessionId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat, lastProgressAt, archived, changes';
  for (let from = 0; from < SILENT; from += 1_000) {
    await primary.sql(
      `INSERT INTO fleetbeat.sessions (${columns}) VALUES ${rows.slice(from, from + 1_000).join(', ')}`,
    );
  }
}
