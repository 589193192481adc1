import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readContextUse } from './context-use.ts';
import type { HookClient } from './lifecycle-events.ts';

let count = 0;
function use(client: HookClient, lines: readonly (object | string)[], model: string | null = null) {
  const file = join(tmpdir(), `fleetbeat-transcript-${process.pid}-${++count}`);
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return readContextUse(client, file, model);
}

const claude = (tokens: number, more: object = {}) => ({
  type: 'assistant',
  isSidechain: false,
  message: {
    usage: { input_tokens: 4, cache_creation_input_tokens: 0, cache_read_input_tokens: tokens, output_tokens: 6 },
  },
  ...more,
});
const codex = (tokens: number) => ({
  type: 'event_msg',
  payload: { type: 'token_count', info: { last_token_usage: { total_tokens: tokens }, model_context_window: 258_400 } },
});

test('the last count of the agent itself is taken, whatever comes after it and however long the file', () => {
  const long = { type: 'user', message: { content: 'x'.repeat(400_000) } };
  expect(use('claude-code', [claude(5), long, claude(90), { type: 'user' }, '{"type": "assi'], 'opus')).toEqual({
    usedTokens: 94,
    windowTokens: 200_000,
  });
  expect(use('codex', [codex(1), codex(60_020), { type: 'response_item' }])).toEqual({
    usedTokens: 60_020,
    windowTokens: 258_400,
  });
  const gemini = { type: 'gemini', tokens: { input: 16_086, output: 20, total: 16_106 } };
  expect(use('gemini', [gemini, { $set: {} }])).toEqual({ usedTokens: 16_106, windowTokens: 1_048_576 });
});

test("which window Claude's model has is told by its name, or by a use that the short one cannot hold", () => {
  expect(use('claude-code', [claude(90)], 'claude-opus-4-8[1m]')?.windowTokens).toBe(1_000_000);
  expect(use('claude-code', [claude(250_000)])?.windowTokens).toBe(1_000_000);
  expect(use('claude-code', [claude(90)])?.windowTokens).toBeNull();
});

test("a subagent's window is not its agent's, and after a compaction nothing is known until the next answer", () => {
  expect(use('claude-code', [claude(90), claude(7, { isSidechain: true })])?.usedTokens).toBe(94);
  const boundary = { type: 'system', subtype: 'compact_boundary' };
  expect(use('claude-code', [claude(90), boundary])).toBeNull();
  expect(use('claude-code', [claude(90), boundary, claude(10)])?.usedTokens).toBe(14);
  expect(use('codex', [codex(9), { type: 'compacted', payload: {} }])).toBeNull();
});

test('whatever the file is, it fails nobody', () => {
  expect(use('claude-code', ['', 'null', '[]', '7', '{"type": "assistant", "message": {"usage": "much"}}'])).toBeNull();
  expect(readContextUse('codex', '/nowhere/at/all', null)).toBeNull();
  expect(readContextUse('codex', tmpdir(), null)).toBeNull();
  expect(readContextUse('cursor', import.meta.filename, null)).toBeNull();
});
