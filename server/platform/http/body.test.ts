import { expect, test } from 'vitest';
import { measureShape } from './body.ts';

const LIMIT = { marks: 1_000, depth: 100 };
const shape = (json: string, limit = LIMIT) => measureShape(Buffer.from(json), limit);

test.each([
  ['1', 0, 0],
  ['"a,[{"', 0, 0],
  ['"\\"[,"', 0, 0],
  ['"\\\\",[', 2, 1],
  ['[]', 1, 1],
  ['[1,2,3]', 3, 1],
  ['{"a":[],"b":{"c":[{}]}}', 6, 4],
  ['[[],[],[[]]]', 7, 3],
])('%s has %i marks and a depth of %i', (json, marks, depth) => {
  expect(shape(json)).toEqual({ marks, depth });
});

/** The straightforward implementation: a string ends at the first quote that is not escaped. */
function measureNaively(json: string) {
  let [marks, depth, level, isInString] = [0, 0, 0, false];
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at] as string;
    if (character === '"') isInString = !isInString;
    else if (isInString) at += character === '\\' ? 1 : 0;
    else if (character === ',') marks += 1;
    else if ('[{'.includes(character)) [marks, level] = [marks + 1, level + 1];
    else if (']}'.includes(character)) level -= 1;
    depth = Math.max(depth, level);
  }
  return { marks, depth };
}

test('strings of every length and with every character are skipped as a whole', () => {
  const limit = { marks: 1e9, depth: 1e9 };
  const pieces = [
    '"',
    '\\',
    '\\"',
    '\\\\',
    'x'.repeat(63),
    'x'.repeat(64),
    'x'.repeat(200),
    '[',
    ',',
    '{',
    '\\'.repeat(65),
    '"]"',
  ];
  for (let seed = 1; seed < 5_000; seed += 1) {
    let [rest, json] = [seed * 2_654_435_761, ''];
    for (; rest >= 1; rest /= pieces.length) json += pieces[Math.floor(rest) % pieces.length];
    expect({ json, ...shape(json, limit) }).toEqual({ json, ...measureNaively(json) });
  }
});

test('it stops once a limit is exceeded', () => {
  expect(shape(`[${'1,'.repeat(5_000)}1]`)).toEqual({ marks: 1_001, depth: 1 });
  expect(shape('['.repeat(5_000))).toEqual({ marks: 101, depth: 101 });
});
