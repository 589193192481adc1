import { expect, test } from 'vitest';
import { parseDatabaseHosts } from './database-hosts.ts';

const parseHostNames = (text: string) => parseDatabaseHosts(text)?.map(({ name }) => name);

test.each([
  ['mysql://u:p@h1/fleet', ['h1:3306']],
  ['mariadb://h1:3307/fleet', ['h1:3307']],
  ['mysql://u:p@h1:3306,h2:3307,h3/fleet', ['h1:3306', 'h2:3307', 'h3:3306']],
  ['mysql://u:p@h1:3306, h2:3306/fleet', ['h1:3306', 'h2:3306']],
  ['mysql://u:p@127.0.0.1:3306,[2001:db8::2]:3307/fleet', ['127.0.0.1:3306', '[2001:db8::2]:3307']],
  ['mysql://u:p@h1,h1:3307/fleet', ['h1:3306', 'h1:3307']],
])('%s is parsed into its hosts, in order', (text, names) => {
  expect(parseHostNames(text)).toEqual(names);
});

test('all hosts share the decoded user, password and database', () => {
  const shared = { user: 'fleet', password: 'a,b@c/d', database: 'my fleet' };
  const hosts = parseDatabaseHosts('mysql://fleet:a%2Cb%40c%2Fd@h1,[::1]:3307/my%20fleet');
  expect(hosts).toMatchObject([
    { host: 'h1', port: 3306, ...shared, url: 'mysql://fleet:a%2Cb%40c%2Fd@h1/my%20fleet' },
    { host: '::1', port: 3307, ...shared, url: 'mysql://fleet:a%2Cb%40c%2Fd@[::1]:3307/my%20fleet' },
  ]);
});

test('a comma or an at sign in the password does not split hosts', () => {
  expect(parseHostNames('mysql://u:p,w@x@h1,h2/fleet')).toEqual(['h1:3306', 'h2:3306']);
});

test.each([
  'mysql://u:p@h1,h2',
  'mysql://u:p@h1,h2/',
  'mysql://u:p@h1,/fleet',
  'mysql://,h2/fleet',
  'mysql://u:p@h1:x,h2/fleet',
  'mysql://u:p@h1,h2:70000/fleet',
  'mysql://u:p@h1,h1:3306/fleet',
  'mysql://u:%ZZ@h1,h2/fleet',
  'sqlite:./data/fleetbeat.db',
  '',
])('%s is malformed', (text) => {
  expect(parseDatabaseHosts(text)).toBeNull();
});
