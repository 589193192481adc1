/** Compares acknowledged writes with the rows in the database. */
import type { Sql } from './sql.ts';
import { STAGES, type Writer } from './writers.ts';

interface StoredSession {
  readonly sessionId: string;
  readonly name: string;
  readonly status: string;
  readonly contextBytes: number | string | null;
}

/** One line for each acknowledged write that is missing or doubled; empty when there is none. */
export async function findLostWrites(sql: Sql, writers: readonly Writer[]): Promise<string[]> {
  const sessions = new Map(
    (await sql.query<StoredSession>('SELECT sessionId, name, status, contextBytes FROM sessions')).map((row) => [
      row.sessionId,
      row,
    ]),
  );
  const stages = await readStages(sql);
  const lost = writers.flatMap((writer) => [
    ...[...writer.tasks, ...writer.messages]
      .filter(([id, stage]) => (stages.get(id) ?? 0) < stage)
      .map(([id, stage]) => `${writer.name}: ${id} has come to ${stages.get(id) ?? 0} and not to ${stage}`),
    ...[...writer.sessions].flatMap(([id, rounds]) => checkSession(writer, id, sessions.get(id), rounds)),
  ]);
  return [...lost, ...(await findDuplicates(sql))];
}

/** The stage of each task and message. */
async function readStages(sql: Sql): Promise<Map<string, number>> {
  const tasks = await sql.query<{ taskId: string; state: 'created' | 'claimed' | 'completed' }>(
    'SELECT taskId, state FROM tasks',
  );
  const messages = await sql.query<{ messageId: string; readAt: unknown }>(
    'SELECT messageId, readAt FROM message_deliveries',
  );
  return new Map([
    ...tasks.map(({ taskId, state }) => [taskId, STAGES[state]] as const),
    ...messages.map(({ messageId, readAt }) => [messageId, readAt === null ? STAGES.sent : STAGES.read] as const),
  ]);
}

/** A session may have one write more than was acknowledged, but a complete one. */
function checkSession(
  { name, round: begun }: Writer,
  id: string,
  row: StoredSession | undefined,
  { created, updated }: { created: number; updated: number },
): string[] {
  const round = Number(row?.name.replace(`${name} round `, ''));
  const bytes = Number(row?.contextBytes ?? 0);
  const isWhole = row?.status === row?.name && (bytes === updated || bytes === round);
  return row && round >= created && round <= begun && isWhole
    ? []
    : [`${name}: ${id} is ${JSON.stringify(row)} and was ${created}, ${updated}`];
}

/** Each round creates one task and one message, however often it was sent. */
async function findDuplicates(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ label: string; n: number | string }>(
    `SELECT title AS label, COUNT(*) AS n FROM tasks GROUP BY title HAVING COUNT(*) > 1
     UNION ALL SELECT text AS label, COUNT(*) AS n FROM messages GROUP BY text HAVING COUNT(*) > 1`,
  );
  return rows.map(({ label, n }) => `${label}: there ${n} times`);
}

/** One line for each state that differs from what was acknowledged or has part of a write; read through the API. */
export async function findLostState(writers: readonly Writer[]): Promise<string[]> {
  const checks = writers.map(async ({ name, client, programId, state, version, round: begun }) => {
    const stored = await client.state.read(programId);
    const round = Number(stored.config.customSettings[name] ?? 0);
    const patterns = stored.learnedPatterns.filter(({ id }) => id.startsWith(`${name}-`)).map(({ pattern }) => pattern);
    const whole = round === 0 ? '' : `${name} round ${round},${name} round ${round}`;
    const isWell = stored.version >= version && round >= state && round <= begun && patterns.join() === whole;
    return isWell ? [] : [`${name}: round ${round} of ${state}, version ${stored.version} of ${version}, ${patterns}`];
  });
  return (await Promise.all(checks)).flat();
}
