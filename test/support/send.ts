/**
 * One HTTP request exactly as it is written here: no client mends the path, the headers or the body. Of an answer that
 * does not end the first piece is taken.
 */
import { Agent, type IncomingMessage, request } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** As it goes over the wire: `/v1/sessions/..`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

export function send(baseUrl: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(baseUrl);
  const isMeasured = body !== undefined && headers['transfer-encoding'] === undefined;
  const length = isMeasured ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path, headers: { ...length, ...headers } };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      const answered = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (!isStream(response)) return;
        answered();
        response.destroy();
      });
      response.on('error', reject);
      response.on('end', answered);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const isStream = ({ headers }: IncomingMessage): boolean => headers['content-type'] === 'text/event-stream';

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
