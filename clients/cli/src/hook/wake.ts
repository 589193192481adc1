/**
 * `fleetbeat hook wake`: waits beside an idle Claude Code for messages, and wakes it by ending with 2 (`asyncRewake`). One for each session: a
 * later one takes over. It follows the program's events, so it costs the server one open stream, and sends the idle session's heartbeat.
 */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { findAgentProcess, hasEnded } from './agent-process.ts';
import { createHookClient } from './hook-client.ts';
import { type InboxResult, wakeWithMessages } from './inbox.ts';
import { log } from './log.ts';
import type { OpenHook } from './parse-hook.ts';
import type { Environment, ProgramConnection } from './paths.ts';

/** How often it looks whether its agent still waits. */
const LOOK_MS = 1_000;
/** FLEETBEAT_WAKE_HEARTBEAT_MS is for tests. */
const HEARTBEAT_MS = 5 * 60_000;
/** After a broken stream, and at least so often without one. */
const RETRY_MS = 5_000;
const REQUEST_MS = 10_000;

/** Resolves with what it has printed, or with null when nobody is to be woken: its agent works again, or has ended. */
export async function waitAndWake(parsed: OpenHook, environment: Environment): Promise<InboxResult | null> {
  const { cache, connection } = parsed;
  const agent = findAgentProcess(process.ppid);
  if (agent === null) return null;
  cache.write('waiter', String(process.pid));
  const isWaiting = () =>
    cache.read('waiter') === String(process.pid) && cache.read('ended') === null && !hasEnded(agent);
  const bell = new Bell(connection);
  const heartbeatMs = Number(environment['FLEETBEAT_WAKE_HEARTBEAT_MS']) || HEARTBEAT_MS;
  let heartbeatAt = Date.now() + heartbeatMs;
  try {
    for (;;) {
      await bell.wait(LOOK_MS);
      if (!isWaiting()) return null;
      // The end of its turn is reported beside this; before and after that it works.
      if (cache.read('idle') === null) continue;
      if (Date.now() >= heartbeatAt) {
        heartbeatAt = Date.now() + heartbeatMs;
        await sendHeartbeat(parsed, environment);
      }
      if (!bell.takeRing()) continue;
      const result = await wakeWithMessages(parsed, environment);
      if (result.told.length > 0 || result.limit) return result;
      if (result.mayHaveMore) bell.keepRinging();
    }
  } finally {
    bell.close();
  }
}

async function sendHeartbeat({ cache, connection, sessionId }: OpenHook, environment: Environment): Promise<void> {
  try {
    const { sessions } = createHookClient(connection, REQUEST_MS);
    const id = cache.read('alias') ?? sessionId;
    const { status } = await sessions.get(id);
    // A turn that has begun meanwhile reports itself.
    if (cache.read('idle') === null) return;
    const { updatedAt } = await sessions.update(id, { status: status ?? '', idle: true, lastHeartbeat: true });
    cache.write('seen', updatedAt);
  } catch (error) {
    log(environment, `wake: ${(error as Error).message}`);
  }
}

/** Rings at its start, when a message is sent to the program, and whenever that could have been missed. */
class Bell {
  #isRung = true;
  #isClosed = false;
  #wake: () => void = () => undefined;
  #cut: () => void = () => undefined;

  constructor(private readonly connection: ProgramConnection) {
    this.#follow();
  }

  /** Resolves when it rings, and after `ms` at the latest. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(limit);
        resolve();
      };
    });
  }

  /** Whether it has rung since the last call. */
  takeRing(): boolean {
    const isRung = this.#isRung;
    this.#isRung = false;
    return isRung;
  }

  /** Nobody could answer it yet: it has still rung at the next look. */
  keepRinging(): void {
    this.#isRung = true;
  }

  close(): void {
    this.#isClosed = true;
    this.#cut();
  }

  #ring(): void {
    this.#isRung = true;
    this.#wake();
  }

  #follow(): void {
    if (this.#isClosed) return;
    const { url, key } = this.connection;
    const target = new URL('/v1/events?types=message.sent', url);
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(target, { headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' } });
    this.#cut = () => request.destroy();
    const again = () => setTimeout(() => this.#follow(), RETRY_MS).unref();
    request.on('error', () => undefined).on('close', again);
    request.on('response', (response) => {
      response.on('error', () => undefined);
      if (response.statusCode !== 200) return response.resume();
      // What was sent before the stream was open is in the inbox now.
      this.#ring();
      response.setEncoding('utf8').on('data', (chunk: string) => {
        if (chunk.includes('message.sent')) this.#ring();
      });
    });
    request.end();
  }
}
