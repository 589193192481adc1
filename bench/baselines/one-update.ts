/** Floor (a): Express that does one prepared UPDATE for each request, with no validation, no rights and no record. */
import { createServer } from 'node:http';
import express from 'express';
import libsql from 'libsql';
import { createPool } from 'mysql2/promise';
import { listen } from './listen.ts';

const UPDATE = 'UPDATE floor_sessions SET status = ?, last_heartbeat = ? WHERE session_id = ?';
const TABLE =
  'CREATE TABLE floor_sessions (session_id VARCHAR(100) PRIMARY KEY, status VARCHAR(200), last_heartbeat BIGINT)';

interface Table {
  insert(sessionId: string): Promise<unknown>;
  update(status: string, at: number, sessionId: string): Promise<unknown>;
}

/** With as many connections as the server has. */
async function onMysql(url: string): Promise<Table> {
  const pool = createPool({ uri: url, connectionLimit: 16, enableKeepAlive: true });
  await pool.query(TABLE);
  return {
    insert: (sessionId) => pool.execute('INSERT INTO floor_sessions VALUES (?, NULL, 0)', [sessionId]),
    update: (status, at, sessionId) => pool.execute(UPDATE, [status, at, sessionId]),
  };
}

/** As durable as the server: WAL, every commit on the disk. */
async function onSqlite(file: string): Promise<Table> {
  const database = new libsql(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec(TABLE);
  const update = database.prepare(UPDATE);
  const insert = database.prepare('INSERT INTO floor_sessions VALUES (?, NULL, 0)');
  return {
    insert: async (sessionId) => insert.run(sessionId),
    update: async (status, at, sessionId) => update.run(status, at, sessionId),
  };
}

const url = process.env['DATABASE_URL'] ?? '';
const table = await (url.startsWith('sqlite:') ? onSqlite(url.slice('sqlite:'.length)) : onMysql(url));
for (let index = 0; index < Number(process.env['FLOOR_SESSIONS']); index += 1) await table.insert(`session-${index}`);
const app = express();
app.use(express.json());
app.patch('/v1/sessions/:sessionId', async (request, response) => {
  const now = Date.now();
  await table.update(request.body.status, now, request.params.sessionId);
  response.json({ sessionId: request.params.sessionId, lastHeartbeat: now });
});
listen(createServer(app));
