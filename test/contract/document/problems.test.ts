import { expect, test } from 'vitest';
import { readProblems } from '../../../openapi/bundle.ts';
import { sourceFiles } from '../../support/sources.ts';

const catalogue = readProblems();
const kinds = Object.keys(catalogue);
const texts = sourceFiles('server').map((file) => file.text);

test('every kind of problem in the catalogue is one that the server can answer', () => {
  expect(kinds.filter((kind) => !texts.some((text) => text.includes(`'${kind}'`)))).toEqual([]);
});

test('every fault of the server has a page in the catalogue', () => {
  const used = texts.flatMap((text) =>
    [...text.matchAll(/new Fault\(\s*'([^']+)'/g)].map(([, kind]) => kind as string),
  );
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter((kind) => !kinds.includes(kind))).toEqual([]);
});

test.each(kinds)('the page of %s says what happened and what to do', (kind) => {
  expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(catalogue[kind]).toEqual({
    status: expect.toSatisfy((status: number) => status >= 400 && status < 600 && status !== 422),
    title: expect.stringMatching(/^[A-Z].*[^.]$/),
    meaning: expect.stringMatching(/^[A-Z].*\.$/),
    remedy: expect.stringMatching(/^[A-Z].*\.$/),
  });
});
