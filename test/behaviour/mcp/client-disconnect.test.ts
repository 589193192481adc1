import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { validCalls } from '../../support/mutated-mcp-calls.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { startTestServer } from '../../support/test-server.ts';
import { startUnfinishedRequest } from '../../support/unfinished-request.ts';

test('a client that disconnects during its call causes no server error', async () => {
  const lines: string[] = [];
  const logDestination = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const server = await startTestServer({ logDestination, environment: { FLEETBEAT_LOG_LEVEL: 'debug' } });
  const aborted = async () => lines.map((line) => JSON.parse(line)).find((line) => line.aborted);
  const begun = await startUnfinishedRequest(`${server.url}/mcp`, server.adminKey, {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
  });
  begun.abandon();
  expect(await eventually(aborted)).toMatchObject({ level: 20, req: { path: '/mcp' } });
  const [call = expect.fail('there is a call')] = validCalls('who_am_i', {});
  const headers = { ...bearer(server.adminKey), ...call.headers };
  const answer = await sendRaw(server.url, { ...call, method: 'POST', path: '/mcp', headers });
  expect([answer.status, answer.text.includes('structuredContent')]).toEqual([200, true]);
  await server.close();
});
