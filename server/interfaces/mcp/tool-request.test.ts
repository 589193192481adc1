import { expect, test } from 'vitest';
import { tools } from '../../platform/contract.ts';
import { toHttpRequest } from './tool-request.ts';

const KEY = 'Bearer fb_a_b';
const request = (name: string, given: Record<string, unknown>) => {
  const tool = tools.find((each) => each.tool.name === name) ?? expect.fail(`no tool ${name}`);
  const { body, ...rest } = toHttpRequest(tool, given, KEY);
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

test('a null in the body stays one: it means something there', () => {
  const given = { programId: 'p', config: { knownQuirks: null } };
  expect(request('update_program_state', given).body).toEqual({ config: { knownQuirks: null } });
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
