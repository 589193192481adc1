import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const MAX_BODY_CHARACTERS = 1024 * 1024;

/** Resolves with the JSON of the answer. Rejects for any status but 200, and after `timeoutMs` in all. */
export function requestJson(
  target: URL,
  headers: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const send = target.protocol === 'https:' ? requestHttps : requestHttp;
    const request = send(target, { headers });
    const limit = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    const fail = (error: Error) => {
      clearTimeout(limit);
      reject(error);
    };
    request.on('error', fail).on('response', (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => {
          text += chunk;
          if (text.length > MAX_BODY_CHARACTERS) request.destroy(new Error('the answer is too long'));
        })
        .on('error', fail)
        .on('end', () => {
          clearTimeout(limit);
          if (response.statusCode !== 200) return fail(new Error(`HTTP ${response.statusCode}`));
          try {
            resolve(JSON.parse(text));
          } catch (error) {
            fail(error as Error);
          }
        });
    });
    request.end();
  });
}
