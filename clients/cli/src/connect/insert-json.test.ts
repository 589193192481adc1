import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { insertValue } from './insert-json.ts';

const read = (text: string): unknown => parse(text, [], { allowTrailingComma: true });

test('whatever the object and its form, the value is there afterwards, and everything else is as it was', () => {
  const key = fc.stringMatching(/^[a-z]{1,4}$/).filter((name) => name !== 'ours');
  const objects = fc.dictionary(key, fc.jsonValue(), { maxKeys: 4 });
  fc.assert(
    fc.property(
      objects,
      fc.constantFrom(undefined, 2, 4, '\t'),
      fc.constantFrom('\n', '\r\n'),
      (object, indent, eol) => {
        const text = JSON.stringify(object, null, indent).replaceAll('\n', eol);
        const after = insertValue(text, ['ours', 'mine'], { command: 'x', args: ['y'] });
        expect(read(after)).toEqual({ ...(read(text) as object), ours: { mine: { command: 'x', args: ['y'] } } });
        const again = insertValue(insertValue(after, ['ours', 'list', -1], 1), ['ours', 'list', -1], { two: 2 });
        expect((read(again) as { ours: unknown }).ours).toEqual({
          mine: { command: 'x', args: ['y'] },
          list: [1, { two: 2 }],
        });
        expect(read(insertValue(again, ['ours', 'list', 0], 'one'))).toMatchObject({
          ours: { list: ['one', { two: 2 }] },
        });
      },
    ),
  );
});

test('comments stay where they are, and a trailing comma is not doubled', () => {
  const text = '{\n\t// first\n\t"a": {\n\t\t"b": 1, // one, two\n\t},\n\t"c": 2 /* last */\n}\n';
  expect(insertValue(text, ['a', 'x'], 1)).toBe(
    '{\n\t// first\n\t"a": {\n\t\t"b": 1, // one, two\n\t\t"x": 1\n\t},\n\t"c": 2 /* last */\n}\n',
  );
  expect(insertValue(text, ['x'], [])).toBe(
    '{\n\t// first\n\t"a": {\n\t\t"b": 1, // one, two\n\t},\n\t"c": 2, /* last */\n\t"x": []\n}\n',
  );
});

test('of two equal names the last is changed, at every depth: readers take that one', () => {
  const text = '{"a": {"b": 1}, "a": {"b": 2, "b": 3}}';
  expect(insertValue(text, ['a', 'b'], 4)).toBe('{"a": {"b": 1}, "a": {"b": 2, "b": 4}}');
  expect(JSON.parse(insertValue(text, ['a', 'c'], 5))).toEqual({ a: { b: 3, c: 5 } });
});
