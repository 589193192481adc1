import ts from 'typescript';
import { expect, test } from 'vitest';
import { readProblems } from '../../../openapi/bundle.ts';
import { sourceFiles } from '../../support/sources.ts';

const catalogue = readProblems();
const kinds = Object.keys(catalogue);

/** The string literals of the server's code: neither its comments nor its tests. */
function findLiterals(): Set<string> {
  const literals = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text);
    node.forEachChild(visit);
  };
  for (const { path, text } of sourceFiles('server'))
    if (!path.endsWith('.test.ts')) visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return literals;
}

// The other direction, that the server knows no kind without a page, is checked by the compiler (FaultKind).
test('every kind of problem in the catalogue is one that the server can answer', () => {
  const literals = findLiterals();
  expect(literals.size).toBeGreaterThan(500);
  expect(kinds.filter((kind) => !literals.has(kind))).toEqual([]);
});

test.each(kinds)('the page of %s says what happened and what to do', (kind) => {
  expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(catalogue[kind]).toEqual({
    status: expect.toSatisfy((status: number) => status >= 400 && status < 600 && status !== 422),
    title: expect.stringMatching(/^[A-Z].*[^.]$/),
    meaning: expect.stringMatching(/^[A-Z].*\.$/),
    remedy: expect.stringMatching(/^[A-Z].*\.$/),
    ...(catalogue[kind]?.always && { always: expect.arrayContaining([expect.any(String)]) }),
    ...(catalogue[kind]?.sometimes && { sometimes: expect.arrayContaining([expect.any(String)]) }),
  });
});
