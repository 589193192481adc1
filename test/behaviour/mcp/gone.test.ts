import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { openTestHouse } from '../../support/house.ts';
import { bearer, send } from '../../support/send.ts';
import { plainCalls } from '../../support/spoiled-calls.ts';
import { beginRequest } from '../../support/unfinished-request.ts';

test('a caller that goes away in the middle of its call is no failure of the server', async () => {
  const lines: string[] = [];
  const logTo = new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(line.toString());
      done();
    },
  });
  const house = await openTestHouse({ logTo, environment: { FLEETBEAT_LOG_LEVEL: 'debug' } });
  const aborted = async () => lines.map((line) => JSON.parse(line)).find((line) => line.aborted);
  const begun = await beginRequest(`${house.url}/mcp`, house.adminKey, { jsonrpc: '2.0', id: 1, method: 'tools/call' });
  begun.abandon();
  expect(await eventually(aborted)).toMatchObject({ level: 20, req: { path: '/mcp' } });
  const [call = expect.fail('there is a call')] = plainCalls('who_am_i', {});
  const headers = { ...bearer(house.adminKey), ...call.headers };
  const answer = await send(house.url, { ...call, method: 'POST', path: '/mcp', headers });
  expect([answer.status, answer.text.includes('structuredContent')]).toEqual([200, true]);
  await house.close();
});
