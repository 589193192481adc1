import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { Failure } from './exit.ts';
import { findCommand } from './find-command.ts';
import { parse } from './parse.ts';

const command = defineCommand({
  summary: 'Try',
  arguments: [
    { name: 'one', summary: 'first' },
    { name: 'two', summary: 'second', optional: true },
  ],
  options: {
    maxTokens: { type: 'number', value: 'n', integer: true, min: 1, max: 9, summary: 'how many', short: 'm' },
    state: { type: 'text', value: 'state', choices: ['working', 'blocked'], summary: 'which' },
    label: { type: 'text', value: 'text', multiple: true, summary: 'labels' },
    ttl: { type: 'duration', value: 'time', summary: 'how long' },
    loud: { type: 'flag', summary: 'loud' },
  },
  run: async () => undefined,
});

const refusal = (...args: string[]): string => {
  try {
    parse(command, args);
  } catch (error) {
    if (error instanceof Failure) return `${error.message}|${error.hint}`;
  }
  return 'not refused';
};

test('options stand before and behind the words, and what was not given is not there', () => {
  expect(parse(command, ['--max-tokens', '3', 'a', '--loud', 'b', '--label=x', '--label', 'y', '--ttl', '2h'])).toEqual(
    {
      arguments: { one: 'a', two: 'b' },
      options: { maxTokens: 3, loud: true, label: ['x', 'y'], ttl: 7_200 },
      globals: {},
    },
  );
  expect(parse(command, ['a', '--json', '--url', 'http://x'])).toEqual({
    arguments: { one: 'a' },
    options: { label: [] },
    globals: { json: true, url: 'http://x' },
  });
});

test('behind -- everything is a word, and a value may begin with a dash behind an equals sign', () => {
  expect(parse(command, ['--', '--loud']).arguments).toEqual({ one: '--loud' });
  expect(parse(command, ['a', '--label=--x']).options['label']).toEqual(['--x']);
});

test('what is wrong is named, with what would be right', () => {
  expect(refusal()).toBe('<one> is missing: first|');
  expect(refusal('a', 'b', 'c')).toBe("'c' is one word too many|Put text between quotes");
  expect(refusal('a', '--max-token', '3')).toBe('There is no option --max-token|Did you mean --max-tokens?');
  expect(refusal('a', '-m', '10')).toBe("-m must be a whole number, at least 1 and at most 9; it is '10'|");
  expect(refusal('a', '--max-tokens', '1.5')).toContain('whole number');
  expect(refusal('a', '--max-tokens', '')).toContain('whole number');
  expect(refusal('a', '--state', 'blockd')).toBe(
    "--state must be one of working, blocked; it is 'blockd'|Did you mean blocked?",
  );
  expect(refusal('a', '--ttl', '2 hours')).toContain('must be 90s, 15m, 2h or the like');
  expect(refusal('a', '--loud=yes')).toBe('--loud takes no value|');
  expect(refusal('a', '--state', '--loud')).toBe('--state needs a value: which|');
  expect(refusal('a', '--__proto__', 'x')).toContain('There is no option --__proto__');
});

test('the command is found behind options that every command has, and the usual one when none is named', async () => {
  expect((await findCommand(['--json', '--url', 'http://x', 'sessions', 'show', 'a', '--json'])).path).toEqual([
    'sessions',
    'show',
  ]);
  expect(await findCommand(['sessions', '--limit', '3'])).toMatchObject({
    path: ['sessions', 'list'],
    rest: ['--limit', '3'],
  });
  expect((await findCommand(['sessions', '--help'])).path).toEqual(['sessions']);
  await expect(findCommand(['sesions'])).rejects.toMatchObject({ hint: 'Did you mean fleetbeat sessions?' });
  await expect(findCommand(['constructor'])).rejects.toThrow('There is no command');
});
