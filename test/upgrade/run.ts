/**
 * Runs the server of an earlier commit and this one beside each other, as an upgrade without a pause does, and back again: on a
 * server of the MySQL family under load from both sides, after a migration that was killed half-way too, and on SQLite in turns.
 * The earlier one is checked out and installed below the temporary folder. Ends with 1 when anything is lost or refused,
 * with 77 when the registry does not give that commit's packages; then nothing was tested.
 */
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ContinuousWrites, startContinuousWrites } from '../support/continuous-writes.ts';
import { findViolatedInvariants } from '../support/database-invariants.ts';
import { obtainMysql } from '../support/find-mysql.ts';
import { findLostState, findLostWrites } from '../support/lost-writes.ts';
import { type ServerProcess, startAndKill, startServerProcess } from '../support/server-process.ts';
import { connect } from '../support/sql.ts';
import { createMysqlDatabase, createSqliteDatabase, type TestDatabase } from '../support/test-database.ts';
import { Writer } from '../support/writers.ts';

const NOT_RUN_EXIT_CODE = 77;
const ADMIN_KEY = 'fb_upgrade_0123456789abcdef0123456789abcdef';
const PROGRAMS = 3;
/** Acknowledged by all writers together in each step. */
const WRITES = 200;
/** How long the new server may migrate before it is killed, in the second run. */
const KILLED_AFTER_MS = [700, 900, 1_100, 1_300, 1_600, 2_000];

const [from] = process.argv.slice(2);
if (!from) throw new Error('Name the commit or the tag to upgrade from: make upgrade-test FROM=v0.1.0');

const say = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-upgrade-'));
const earlier = join(folder, 'earlier');
const run = (command: string, args: readonly string[], cwd?: string) =>
  execFileSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...(cwd && { cwd }) });

function checkOut(): void {
  run('git', ['worktree', 'add', '--detach', earlier, String(from)]);
}

function install(): void {
  run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], earlier);
}

function removeCheckout(): void {
  run('git', ['worktree', 'remove', '--force', earlier]);
  rmSync(folder, { recursive: true, force: true });
}

const createEnvironment = (database: TestDatabase) => ({
  DATABASE_URL: database.url,
  FLEETBEAT_ADMIN_KEY: ADMIN_KEY,
  FLEETBEAT_RATE_LIMITS: 'off',
});
const startNew = (database: TestDatabase) => startServerProcess(createEnvironment(database));
/** From its sources: the earlier commit is not built. */
const startOld = (database: TestDatabase) =>
  startServerProcess(createEnvironment(database), earlier, ['--import', 'tsx', join(earlier, 'server/main.ts')]);

async function stop(server: ServerProcess): Promise<void> {
  server.signal('SIGTERM');
  assert.equal((await server.ended).code, 0, server.output());
}

/** A fleet whose programs write through every server that it is given, the same programs through each. */
class Fleet {
  readonly writers: Writer[] = [];
  #keys: Readonly<Record<string, string>> = {};

  async create(server: ServerProcess): Promise<void> {
    const admin = server.client(ADMIN_KEY);
    const programs = Array.from({ length: PROGRAMS }, (_, index) => `program-${index + 1}`);
    const keys = await Promise.all(
      programs.map(async (programId) => [programId, (await admin.keys.create({ programId })).key] as const),
    );
    this.#keys = Object.fromEntries(keys);
  }

  write(server: ServerProcess, name: string): ContinuousWrites {
    const writers = Object.entries(this.#keys).map(
      ([programId, key]) => new Writer(`${name}-${programId}`, programId, server.client(key)),
    );
    this.writers.push(...writers);
    return startContinuousWrites(writers);
  }

  /** Everything that was acknowledged by any server is there, read through this one. */
  async check(server: ServerProcess, database: TestDatabase): Promise<void> {
    const sql = await connect(database);
    const readers = this.writers.map((writer) => {
      const reader = new Writer(writer.name, writer.programId, server.client(this.#keys[writer.programId] ?? ''));
      return Object.assign(reader, { round: writer.round, state: writer.state, version: writer.version });
    });
    assert.deepEqual(await findLostWrites(sql, this.writers), []);
    assert.deepEqual(await findLostState(readers), []);
    assert.deepEqual(await findViolatedInvariants(sql, database.kind), []);
    await sql.close();
  }
}

/** An agent that sends its heartbeats now to the one server, now to the other, is alive at both. */
async function checkHeartbeats(servers: readonly ServerProcess[]): Promise<void> {
  const [first] = servers;
  if (!first) return;
  await first.client(ADMIN_KEY).sessions.create({ sessionId: 'commuter', programId: 'program-1', name: 'Commuter' });
  for (let beat = 0; beat < 10; beat += 1)
    for (const server of servers) {
      const admin = server.client(ADMIN_KEY);
      const status = `beat ${beat} at ${server.url}`;
      await admin.sessions.update('commuter', { status, lastHeartbeat: true });
      for (const reader of servers) {
        const session = await reader.client(ADMIN_KEY).sessions.get('commuter');
        assert.deepEqual([session.status, session.stale], [status, false]);
      }
    }
}

async function upgradeUnderLoad(database: TestDatabase, interrupt: boolean): Promise<void> {
  const old = await startOld(database);
  const fleet = new Fleet();
  await fleet.create(old);
  const atOld = fleet.write(old, 'old');
  await atOld.waitForWrites(WRITES);
  if (interrupt)
    for (const afterMs of KILLED_AFTER_MS) {
      await startAndKill(createEnvironment(database), afterMs);
      await atOld.waitForWrites(WRITES / 10);
    }
  const startedAt = performance.now();
  const refusedBefore = atOld.refused;
  const current = await startNew(database);
  say(
    `the new server serves after ${Math.round(performance.now() - startedAt)} ms; refused at the old one: ${atOld.refused - refusedBefore}`,
  );
  const atNew = fleet.write(current, 'new');
  await Promise.all([atOld.waitForWrites(WRITES), atNew.waitForWrites(WRITES)]);
  await checkHeartbeats([old, current]);
  await atOld.stop();
  await stop(old);
  await atNew.waitForWrites(WRITES);
  await atNew.stop();
  say(
    `acknowledged: old ${atOld.acknowledged}, new ${atNew.acknowledged}; refused: ${atOld.refused} and ${atNew.refused}`,
  );
  await fleet.check(current, database);

  const back = await startOld(database);
  const [atBack, atCurrent] = [fleet.write(back, 'back'), fleet.write(current, 'new-again')];
  await Promise.all([atBack.waitForWrites(WRITES), atCurrent.waitForWrites(WRITES)]);
  await atCurrent.stop();
  await stop(current);
  await atBack.waitForWrites(WRITES);
  await atBack.stop();
  say(`back at the old one: acknowledged ${atBack.acknowledged}, refused ${atBack.refused}`);
  await fleet.check(back, database);
  await stop(back);
  assert.equal(atNew.refused + atCurrent.refused + atBack.refused, 0, 'writes were refused after the migration');
}

/** On SQLite one server at a time: the old one, the new one, the old one, the new one. */
async function upgradeInTurns(database: TestDatabase): Promise<void> {
  const fleet = new Fleet();
  for (const [turn, start] of [startOld, startNew, startOld, startNew].entries()) {
    const server = await start(database);
    if (turn === 0) await fleet.create(server);
    const writes = fleet.write(server, `turn-${turn}`);
    await writes.waitForWrites(WRITES);
    await writes.stop();
    // The first one's tables lack what the invariants ask; its writes are checked once they are the new one's.
    if (turn > 0) await fleet.check(server, database);
    await stop(server);
    say(`turn ${turn + 1}: acknowledged ${writes.acknowledged}, refused ${writes.refused}`);
  }
}

checkOut();
try {
  install();
} catch (error) {
  console.log(`Not run, because its packages cannot be installed: ${error}`);
  removeCheckout();
  process.exit(NOT_RUN_EXIT_CODE);
}
const mysql = await obtainMysql();
try {
  for (const interrupt of [false, true]) {
    say(interrupt ? 'MySQL, after migrations that were killed half-way' : `MySQL: ${mysql.version}`);
    const database = await createMysqlDatabase(mysql.url);
    await upgradeUnderLoad(database, interrupt);
    await database.remove();
  }
  say('SQLite, in turns');
  const database = createSqliteDatabase();
  await upgradeInTurns(database);
  await database.remove();
  say('nothing was lost');
} finally {
  await mysql.stop();
  removeCheckout();
}
