/** The built server for the demo: in a temporary folder, with short periods, so that states change while one watches. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface DemoServer {
  readonly url: string;
  readonly adminKey: string;
  /** A one-time sign-in link. */
  readonly link: string;
  /** Resolves when the server exits by itself. */
  readonly ended: Promise<unknown>;
  /** Stops the server and removes its folder. */
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const SHORT_INTERVALS = {
  FLEETBEAT_STALE_AFTER: '45s',
  FLEETBEAT_STUCK_AFTER: '90s',
  FLEETBEAT_ARCHIVE_SILENT_AFTER: '4m',
  FLEETBEAT_ARCHIVE_COMPLETE_AFTER: '10m',
  FLEETBEAT_SWEEP_EVERY: '2s',
  FLEETBEAT_KEEP_EVENTS: '1h',
};

/** Resolves when the server listens; rejects with its output when it exits before. */
export async function startDemoServer(port: string): Promise<DemoServer> {
  if (!existsSync(MAIN)) throw new Error('There is no built server: run `make build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-demo-'));
  const adminKey = `fb_demo_${randomBytes(16).toString('hex')}`;
  const env = {
    PATH: process.env['PATH'],
    PORT: port,
    DATABASE_URL: `sqlite:${join(folder, 'fleetbeat.db')}`,
    FLEETBEAT_ADMIN_KEY: adminKey,
    FLEETBEAT_LOG_LEVEL: 'warn',
    ...SHORT_INTERVALS,
  };
  // In its own process group: Ctrl-C must stop the agents first, and then the server through `stop`.
  const child = spawn(process.execPath, [MAIN], { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close').finally(() => rmSync(folder, { recursive: true, force: true }));
  process.once('exit', () => child.kill('SIGKILL'));
  let stderrText = '';
  const link = await new Promise<string>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (piece: string) => {
      stderrText += piece;
      const found = /(http:\S+)#link=\S+/.exec(stderrText)?.[0];
      if (found) resolve(found);
    });
    ended.then(() => reject(new Error(stderrText.trim())), reject);
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url: new URL(link).origin, adminKey, link, ended, stop };
}
