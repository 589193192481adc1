import { expect, test } from 'vitest';
import { findUnfitNumber } from './body.ts';

const find = (text: string) => findUnfitNumber(Buffer.from(text));

test.each([
  '9007199254740991',
  '-9007199254740991',
  '0.1',
  '0.10000000000000001',
  '1.7976931348623157e308',
  '5e-324',
  '1e20',
  '0e-400',
  '0.00000000000000000000000000000001',
  '1.00000000000000000000000',
  '1e400',
])('%s is read as it was written, or left to the check of values', (number) => {
  expect(find(`{"a":[${number}]}`)).toBeNull();
});

test.each([
  '9007199254740993',
  '9007199254740992',
  '-9007199254740992',
  '123456789012345678901234567890',
  '0.1234567890123456789',
  '1.2345678901234567891e5',
  '1e-400',
])('%s would be read as another number', (number) => {
  expect(find(`{"a":{"b":[1,${number} ]}}`)).toBe(number);
  expect(find(number)).toBe(number);
});

test('digits in texts and names are no numbers', () => {
  expect(find('{"9007199254740993":"9007199254740993 \\" 9007199254740993"}')).toBeNull();
});

test.each([
  ['digits', '7'.repeat(4_000_000)],
  ['zeros before the only digit', `0.${'0'.repeat(400)}1`],
])('of a number that is too long only the start is read: %s', (_name, number) => {
  expect(find(`{"a":${number}}`)).toBe(number.slice(0, 401));
});

test('a number may have 400 characters', () => {
  expect(find(`{"a":0.5${'0'.repeat(397)}}`)).toBeNull();
});
