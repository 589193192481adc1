import { expect, test } from 'vitest';
import { type Command, selectCommands } from './commands.ts';

const command = (group: Command['group'], title: string, detail = ''): Command => ({
  id: title,
  group,
  title,
  detail,
  icon: 'pulse',
  run: '/',
});
const commands = [
  command('Pages', 'Tasks'),
  command('Programs', 'builder'),
  command('Programs', 'rebuilder'),
  command('Sessions', 'Release', 'builder'),
  command('Act', 'Pause builder'),
  command('Act', 'Pause reviewer'),
];
const find = (text: string) => selectCommands(commands, text).map(({ title }) => title);

test('words match in any order, the beginning of a word counts most, and then going before doing', () => {
  expect(find('build')).toEqual(['builder', 'rebuilder', 'Pause builder', 'Release']);
  expect(find('BUILDER pause')).toEqual(['Pause builder']);
  expect(find('rev pau')).toEqual(['Pause reviewer']);
  expect(find('nothing')).toEqual([]);
});

test('without words it shows where one can go', () => {
  expect(find('  ')).toEqual(['Tasks', 'builder', 'rebuilder']);
});

test('it shows no more than the eye takes in', () => {
  const many = Array.from({ length: 1_000 }, (_, index) => command('Programs', `agent-${index}`));
  expect(selectCommands(many, 'agent')).toHaveLength(40);
});
