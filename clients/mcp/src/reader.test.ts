import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { type ReadResult, readLine, readMessages } from './reader.ts';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };

test('requests, notifications and responses are messages, behind a byte order mark and blanks too', () => {
  const messages = [
    PING,
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    { jsonrpc: '2.0', id: 'a', result: {} },
  ];
  for (const message of messages) {
    expect(readLine(JSON.stringify(message))).toEqual([{ message }]);
    expect(readLine(`\uFEFF ${JSON.stringify(message)} \r`)).toEqual([{ message }]);
  }
  for (const nothing of ['', ' ', '\r', '\uFEFF']) expect(readLine(nothing)).toEqual([]);
});

test('each message of a batch is one by itself', () => {
  expect(readLine(JSON.stringify([PING, { ...PING, id: 2 }, 7]))).toEqual([
    { message: PING },
    { message: { ...PING, id: 2 } },
    { refusal: { id: null, code: -32600, reason: expect.stringContaining('object') } },
  ]);
  expect(readLine('[]')).toMatchObject([{ refusal: { id: null } }]);
});

test.each([
  [{ ...PING, params: null }, 1, 'params'],
  [{ ...PING, params: [] }, 1, 'params'],
  [{ ...PING, sessionId: 'x' }, 1, '"sessionId"'],
  [{ id: 1, method: 'ping' }, 1, 'jsonrpc'],
  [{ ...PING, jsonrpc: 2 }, 1, 'jsonrpc'],
  [{ ...PING, method: 7 }, 1, 'method'],
  [{ ...PING, id: 1.5 }, null, 'id must'],
  [{ ...PING, id: null }, null, 'id must'],
  [{ jsonrpc: '2.0', id: 1 }, 1, 'neither'],
  ['ping', null, 'object'],
])('%j is refused for the id %j, and names %s', (given, id, named) => {
  const refused = readLine(JSON.stringify(given));
  expect(refused).toEqual([{ refusal: { id, code: -32600, reason: expect.stringContaining(named) } }]);
});

test.each([
  ['{"jsonrpc":"2.0","id":7,"method":"ping"', 7],
  ['{"id": "a\\"b", "method": nonsense}', 'a"b'],
  ['{"method":"tools/call","params":{broken},"jsonrpc":"2.0","id":8}', 8],
  ['{"method":"tools/call","params":{"arguments":{"learnedPatterns":[{"id":9,', null],
  ['Listening on port 8080', null],
])('%s is no JSON, and its id is %j', (line, id) => {
  expect(readLine(line)).toEqual([{ refusal: { id, code: -32700, reason: expect.stringContaining('JSON') } }]);
});

test('messages are found whatever the chunks, and the last one needs no newline', async () => {
  const message = { ...PING, method: 'ping', params: { _meta: { text: 'Ä\u2028😀' } } };
  const bytes = Buffer.from(`\uFEFF${JSON.stringify(message)}\n\n${JSON.stringify(PING)}`);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, at) => bytes.subarray(at * 7, at * 7 + 7));
  const found: ReadResult[] = [];
  await readMessages(Readable.from(chunks, { objectMode: false }), (result) => found.push(result));
  expect(found).toEqual([{ message }, { message: PING }]);
});

test('a line without an end is refused by the id at its beginning, and the next one is read', async () => {
  function* lines() {
    yield Buffer.from('{"jsonrpc":"2.0","id":5,"method":"ping","params":{"a":"');
    for (let megabyte = 0; megabyte < 18; megabyte += 1) yield Buffer.alloc(1024 * 1024, 'x');
    yield Buffer.from(`"}}\n${JSON.stringify(PING)}\n`);
  }
  const found: ReadResult[] = [];
  await readMessages(Readable.from(lines(), { objectMode: false }), (result) => found.push(result));
  expect(found).toMatchObject([{ refusal: { id: 5 } }, { message: PING }]);
});
