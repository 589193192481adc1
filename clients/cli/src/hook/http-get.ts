/**
 * One GET without a client. An agent waits for it with each of its tools, so it loads as little as it can: `fetch` with the typed client costs more
 * than the request, and `node:http` still tens of milliseconds on a busy machine. So a plain HTTP request is written on a socket, and
 * what is no plain answer to it is asked for once more, by `node:http`.
 */
import type { ProgramConnection } from './paths.ts';

const MAX_BODY_CHARACTERS = 1024 * 1024;

/** Resolves with the JSON of the answer. Rejects for any status but 200, and after `timeoutMs` in all. */
export async function getJson({ url, key }: ProgramConnection, path: string, timeoutMs: number): Promise<unknown> {
  const target = new URL(path, url);
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
  const startedAt = Date.now();
  if (target.protocol === 'http:' && !/[\r\n]/.test(key)) {
    const body = await readPlainAnswer(target, headers, timeoutMs);
    if (body !== null) return JSON.parse(body);
  }
  const { requestJson } = await import('./http-request.ts');
  return await requestJson(target, headers, timeoutMs - (Date.now() - startedAt));
}

/** The body of a 200; null for another status, and for a form of the body that only a client of HTTP reads. */
function readPlainAnswer(
  { hostname, port, host, pathname, search }: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<string | null> {
  const { connect } = process.getBuiltinModule('node:net');
  const fields = { host, connection: 'close', ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) });
    const limit = setTimeout(() => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    let answer = '';
    socket
      .setEncoding('latin1')
      .on('connect', () => socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`))
      .on('data', (chunk: string) => {
        answer += chunk;
        if (answer.length > MAX_BODY_CHARACTERS) socket.destroy(new Error('the answer is too long'));
      })
      .on('error', reject)
      .on('close', () => {
        clearTimeout(limit);
        resolve(parsePlainAnswer(answer));
      });
  });
}

/** A body of a stated length that is there to its end, of a 200. */
function parsePlainAnswer(answer: string): string | null {
  const headEnd = answer.indexOf('\r\n\r\n');
  const head = answer.slice(0, Math.max(0, headEnd));
  const body = answer.slice(headEnd + 4);
  const length = /\r\ncontent-length: *(\d+) *(\r\n|$)/i.exec(head)?.[1];
  const isPlain = /^HTTP\/1\.1 200 /.test(head) && !/\r\n(transfer|content)-encoding:/i.test(head);
  return isPlain && Number(length) === body.length ? Buffer.from(body, 'latin1').toString() : null;
}
