import { expect, test } from 'vitest';
import { requireOneStatement } from './one-statement.ts';

test.each([
  'SELECT 1',
  "INSERT INTO a VALUES ('x;y')",
  "INSERT INTO a VALUES ('it''s; \\'; fine')",
  'SELECT "a;b", `c;d`',
  'SELECT 1 /* one; two */ FROM a',
  'SELECT 1 -- one; two\nFROM a',
  'SELECT 1 # one; two',
])('one statement: %s', (sql) => {
  expect(() => requireOneStatement(sql)).not.toThrow();
});

test.each([
  'SELECT 1; SELECT 2',
  'SELECT 1;',
  "SELECT 'a'; DROP TABLE b",
  "SELECT 'a\\\\'; DROP TABLE b; -- '",
  "SELECT 'open; DROP TABLE b",
  'SELECT 1 /*! ; DROP TABLE b */',
  'SELECT 1 /*M! ; DROP TABLE b */',
  'SELECT 1 --; DROP TABLE b',
  'SELECT 1 /* a */ ; DROP TABLE b -- ;',
])('more than one statement: %s', (sql) => {
  expect(() => requireOneStatement(sql)).toThrow(/more than one/);
});
