import { expect, test } from 'vitest';
import { tools } from '../../platform/contract.ts';
import { toHttpRequest } from './tool-request.ts';

const KEY = 'Bearer fb_a_b';
const request = (name: string, given: Record<string, unknown>, programId: string | null = null) => {
  const tool = tools.find((each) => each.tool.name === name) ?? expect.fail(`no tool ${name}`);
  const { body, ...rest } = toHttpRequest(tool, given, { authorization: KEY, principal: { programId } });
  return { ...rest, body: body === undefined ? undefined : JSON.parse(body) };
};

test('arguments of the body become its fields, and the key goes along', () => {
  expect(request('create_session', { name: 'A', progress: 5 })).toEqual({
    method: 'POST',
    url: '/v1/sessions',
    headers: { authorization: KEY, 'content-type': 'application/json' },
    body: { name: 'A', progress: 5 },
  });
});

test('an argument of the path stands in it, and its default when it is left out or null', () => {
  expect(request('update_session', { sessionId: 's-1', status: 'S' })).toMatchObject({
    url: '/v1/sessions/s-1',
    body: { status: 'S' },
  });
  expect(request('update_session', { status: 'S' }).url).toBe('/v1/sessions/current');
  expect(request('get_session', { sessionId: null }).url).toBe('/v1/sessions/current');
});

test('arguments of the query are written into it, and those that are null left out', () => {
  const { url, body, headers } = request('list_sessions', {
    state: 'working',
    limit: 20,
    includeArchived: true,
    cursor: null,
  });
  expect(url).toBe('/v1/sessions?state=working&limit=20&includeArchived=true');
  expect([body, headers]).toEqual([undefined, { authorization: KEY }]);
  expect(request('list_sessions', { programId: 'a&state=all#?' }).url).toBe(
    '/v1/sessions?programId=a%26state%3Dall%23%3F',
  );
});

test('an argument of a header becomes that header', () => {
  const { headers, body } = request('update_program_state', { programId: 'p', ifMatch: '"4"', config: {} });
  expect(headers).toMatchObject({ 'if-match': '"4"' });
  expect(body).toEqual({ config: {} });
});

test('an unknown argument goes where the others go, so that it is refused there by its name', () => {
  expect(request('create_session', { name: 'A', colour: 'red' }).body).toEqual({ name: 'A', colour: 'red' });
  expect(request('list_sessions', { colour: { deep: 1 } }).url).toBe('/v1/sessions?colour=%7B%22deep%22%3A1%7D');
  expect(request('update_session', { status: 'S', authorization: 'x' })).toMatchObject({
    headers: { authorization: KEY },
    body: { status: 'S', authorization: 'x' },
  });
});

test('a null stays where it means something', () => {
  const given = { programId: 'p', config: { knownQuirks: null } };
  expect(request('update_program_state', given).body).toEqual({ config: { knownQuirks: null } });
});

test('a null that means nothing is not sent, whether its argument is listed or not', () => {
  const given = { name: 'A', status: null, progress: null, programId: null };
  expect(request('create_session', given).body).toEqual({ name: 'A' });
  expect(request('boot_program', { programId: 'p', name: 'A', state: null }).body).toEqual({ name: 'A' });
  expect(request('list_sessions', { colour: null }).url).toBe('/v1/sessions?colour=null');
});

test.each([
  ['progress', '75', 75],
  ['progress', '1.50', 1.5],
  ['progress', '-0.25e2', -25],
  ['contextBytes', '9007199254740991', 9_007_199_254_740_991],
  ['lastHeartbeat', 'true', true],
])('%s %j is taken as %j', (argument, text, value) => {
  expect(request('update_session', { [argument]: text }).body).toEqual({ [argument]: value });
});

test.each([
  ['progress', ''],
  ['progress', 'half'],
  ['progress', 'true'],
  ['progress', '0x10'],
  ['progress', '{}'],
  ['contextBytes', '9007199254740993'],
  ['contextBytes', '1e400'],
  ['contextBytes', '-0'],
  ['lastHeartbeat', '1'],
  ['lastHeartbeat', 'yes'],
  ['status', '75'],
  ['status', '{"a":1}'],
])('%s %j stays text', (argument, text) => {
  expect(request('update_session', { [argument]: text }).body).toEqual({ [argument]: text });
});

test('an object or a list that came as JSON is taken, unless a number in it would not read back', () => {
  const sent = (contextSummary: string) => request('update_program_state', { contextSummary }, 'p').body;
  const patterns = [{ id: 'p-1', confidence: 0.5 }];
  expect(sent('{ "lastTask": "\\u00e9 9007199254740993" }')).toEqual({
    contextSummary: { lastTask: 'é 9007199254740993' },
  });
  expect(request('update_program_state', { learnedPatterns: JSON.stringify(patterns) }, 'p').body).toEqual({
    learnedPatterns: patterns,
  });
  for (const text of ['[]', 'null', '{"a"}', '{"a":9007199254740993}'])
    expect(sent(text)).toEqual({ contextSummary: text });
});

test("an omitted programId is the key's own, and needed where the key has none", () => {
  expect(request('get_program_state', {}, 'builder').url).toBe('/v1/programs/builder/state');
  expect(request('get_program_state', { programId: null }, 'builder').url).toBe('/v1/programs/builder/state');
  expect(request('get_program_state', { programId: 'other' }, 'builder').url).toBe('/v1/programs/other/state');
});

test('a field that is called __proto__ is a field like any other', () => {
  const given = JSON.parse('{"name":"A","__proto__":{"admin":true}}');
  expect(JSON.stringify(request('create_session', given).body)).toBe('{"name":"A","__proto__":{"admin":true}}');
});

test.each(['a/b', '../x', 'current/..', 'a?b', 'a#b', '%2e%2e', 'ü', 'a b'])(
  '%j is one step of a path and no more',
  (id) => {
    expect(request('get_session', { sessionId: id }).url).toBe(`/v1/sessions/${encodeURIComponent(id)}`);
  },
);

test.each(['', 7, true, {}, [], ['a']])('%j cannot stand in a path', (id) => {
  expect(() => request('get_session', { sessionId: id })).toThrow(
    expect.objectContaining({
      kind: 'invalid-request',
      fields: [expect.objectContaining({ in: 'path', pointer: '/sessionId' })],
    }),
  );
});

test('an argument of the path without a default is needed', () => {
  expect(() => request('get_program_state', {})).toThrow(expect.objectContaining({ detail: 'programId: is needed' }));
});
