import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import manifest from '../../../mcp/tools.json' with { type: 'json' };
import { nameSession, withSessionArgument } from './session-argument.ts';

const call = (name: string, given?: object) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } });

test('a call that names no session gets that of the hooks', () => {
  const named = (line: string) => JSON.parse(nameSession(line, () => 's-1')).params.arguments;
  expect(named(call('boot_program', { programId: 'builder', name: 'Mine' }))).toEqual({
    programId: 'builder',
    name: 'Mine',
    sessionId: 's-1',
  });
  expect(named(call('update_session'))).toEqual({ sessionId: 's-1' });
  expect(named(`\uFEFF${call('update_session')}`)).toEqual({ sessionId: 's-1' });
  const withNull = '{"method":"tools/call","params":{"name":"update_session","arguments":null}}';
  expect(named(withNull)).toEqual({ sessionId: 's-1' });
  expect(named(call('update_session', { status: 'x', sessionId: null }))).toEqual({ status: 'x', sessionId: 's-1' });
});

test('so does every tool whose writes a session fences', () => {
  const takesSession = manifest.tools.filter(
    ({ name, annotations, inputSchema }) =>
      // The session that create_session names is the one that it opens.
      !annotations.readOnlyHint && 'sessionId' in inputSchema.properties && name !== 'create_session',
  );
  expect(takesSession.length).toBeGreaterThan(12);
  for (const { name } of takesSession)
    expect([name, JSON.parse(nameSession(call(name), () => 's-1')).params.arguments]).toEqual([
      name,
      { sessionId: 's-1' },
    ]);
});

test('everything else stays as it is, and asks for no session', () => {
  const find = vi.fn(() => 's-1');
  const others = [
    call('update_session', { sessionId: 's-2' }),
    call('list_tasks', { note: 'boot_program' }),
    '{"method": "tools/list", "about": "update_session"}',
    '{"broken": "boot_program',
    '',
  ];
  for (const line of others) expect(nameSession(line, find)).toBe(line);
  expect(find).not.toHaveBeenCalled();
  expect(nameSession(call('boot_program', {}), () => null)).toBe(call('boot_program', {}));
});

test('messages are found whatever the chunks', async () => {
  const lines = `${call('update_session', { status: 'Ä' })}\n${call('list_tasks', {})}\n`;
  const chunks = lines.match(/[\s\S]{1,7}/g) ?? [];
  const out = await text(Readable.from(chunks).pipe(withSessionArgument(() => 's-1')));
  expect(
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).params.arguments),
  ).toEqual([{ status: 'Ä', sessionId: 's-1' }, {}]);
});
