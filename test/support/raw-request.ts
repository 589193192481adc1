/**
 * Sends one HTTP request exactly as given: no client normalises path, headers or body. Of a streamed response, returns the
 * first chunk.
 */
import { Agent, type IncomingMessage, request } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** As on the wire: `/v1/sessions/..`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const agent = new Agent({ keepAlive: true });

export function sendRaw(baseUrl: string, { method, path, headers = {}, body }: RawRequest): Promise<RawResponse> {
  const { hostname, port } = new URL(baseUrl);
  const needsContentLength = body !== undefined && headers['transfer-encoding'] === undefined;
  const length = needsContentLength ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path, headers: { ...length, ...headers } };
    const clientRequest = request(options, (response) => {
      const chunks: Buffer[] = [];
      const finish = () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (!isStream(response)) return;
        finish();
        response.destroy();
      });
      response.on('error', reject);
      response.on('end', finish);
    });
    clientRequest.on('error', reject);
    clientRequest.end(body);
  });
}

const isStream = ({ headers }: IncomingMessage): boolean => headers['content-type'] === 'text/event-stream';

export const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
