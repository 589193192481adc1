import { expect, test } from 'vitest';
import { mergeHandoff } from './handoff.ts';

const at = new Date('2026-02-24T10:00:00.000Z');
const later = new Date('2026-02-24T10:01:00.000Z');
const handoff = { prompt: 'Review it', answer: 'All is well\n--- end\nof the file' };
const nothing = { lastTask: null, handoffNotes: null };

test('the hooks write one block, and the next one takes its place', () => {
  const first = mergeHandoff(nothing, handoff, 's-1', at);
  const second = mergeHandoff({ ...nothing, ...first }, { prompt: 'Then --- end this', answer: 'Done' }, 's-1', later);
  expect(second?.handoffNotes).toContain('Done');
  expect(second?.handoffNotes).not.toContain('All is well');
  // The last task is the agent's own to write: what the hooks wrote there once would stay for ever.
  expect(first).not.toHaveProperty('lastTask');
});

test("an end that did not hear the turn's answer does not remove it; a new prompt does", () => {
  const turn = { ...nothing, ...mergeHandoff(nothing, handoff, 's-1', at) };
  const ended = mergeHandoff(turn, { prompt: 'Review it', answer: null }, 's-1', later);
  expect(ended?.handoffNotes).toContain('Last answer: All is well\n- - end\nof the file');
  const next = mergeHandoff(turn, { prompt: 'Another', answer: null }, 's-1', later);
  expect(next?.handoffNotes).not.toContain('All is well');
  const other = mergeHandoff(turn, { prompt: 'Review it', answer: null }, 's-2', later);
  expect(other?.handoffNotes).not.toContain('All is well');
});

test('the same again, and what is older, writes nothing', () => {
  const written = { ...nothing, ...mergeHandoff(nothing, handoff, 's-1', later) };
  expect(mergeHandoff(written, handoff, 's-1', later)).toBeNull();
  expect(mergeHandoff(written, { prompt: 'Older', answer: null }, 's-0', at)).toBeNull();
  expect(mergeHandoff(nothing, { prompt: null, answer: null }, 's-1', at)).toBeNull();
});

test("the agent's own notes stay, before and behind the block, whatever the block said", () => {
  const own = { lastTask: 'Mine', handoffNotes: 'Mind the cache.' };
  const first = { ...own, ...mergeHandoff(own, handoff, 's-1', at) };
  expect(first.handoffNotes).toMatch(/^Mind the cache\.\n\n--- from the hooks/);
  const added = { ...first, handoffNotes: `${first.handoffNotes}\n\nAnd the queue.` };
  const second = mergeHandoff(added, { prompt: null, answer: 'Done' }, 's-1', later)?.handoffNotes ?? '';
  expect(second).toMatch(/^Mind the cache\.\n\nAnd the queue\.\n\n--- from the hooks/);
});

test('notes that fill the field are left alone', () => {
  const full = { lastTask: null, handoffNotes: 'x'.repeat(20_000) };
  expect(mergeHandoff(full, handoff, 's-1', at)).toBeNull();
});
