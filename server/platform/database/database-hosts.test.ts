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
    { host: 'h1', port: 3306, ...shared, tls: { mode: 'DISABLED', files: {} } },
    { host: '::1', port: 3307, ...shared, tls: { mode: 'DISABLED', files: {} } },
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
  'mysql://u:p@h1/fleet#x',
  'sqlite:./data/fleetbeat.db',
  '',
])('%s is malformed', (text) => {
  expect(parseDatabaseHosts(text)).toBeNull();
});

test('all hosts share the parameters', () => {
  const hosts = parseDatabaseHosts('mysql://u:p@h1,h2/fleet?ssl-mode=verify_ca&ssl-ca=/etc/my%20ca.pem');
  expect(hosts?.map(({ tls }) => tls)).toEqual(
    Array(2).fill({ mode: 'VERIFY_CA', files: { 'ssl-ca': '/etc/my ca.pem' } }),
  );
});

test.each([
  ['sslmode=require', /'sslmode', which is none of ssl-mode, ssl-ca, ssl-cert, ssl-key/],
  ['ssl=true', /'ssl'/],
  ['SSL-MODE=REQUIRED', /'SSL-MODE'/],
  ['charset=latin1', /'charset'/],
  ['ssl-mode=PREFERRED', /ssl-mode that is none of DISABLED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY/],
  ['ssl-mode=', /without a value/],
  ['ssl-mode=REQUIRED&ssl-mode=DISABLED', /twice/],
  ['ssl-ca=ca.pem', /needs ssl-mode=VERIFY_CA/],
  ['ssl-mode=REQUIRED&ssl-ca=ca.pem', /needs ssl-mode=VERIFY_CA/],
  ['ssl-mode=VERIFY_CA&ssl-cert=a.pem', /both ssl-cert and ssl-key/],
  ['ssl-cert=a.pem&ssl-key=a.key', /other than DISABLED/],
])('the parameters %s are refused by name', (parameters, message) => {
  expect(() => parseDatabaseHosts(`mysql://u:p@h1/fleet?${parameters}`)).toThrow(message);
});

test('an identity is not verified by an IP address', () => {
  const parse = (hosts: string) => parseDatabaseHosts(`mysql://u:p@${hosts}/fleet?ssl-mode=VERIFY_IDENTITY`);
  expect(() => parse('h1,10.0.0.1')).toThrow(/IP address/);
  expect(() => parse('[::1]')).toThrow(/IP address/);
  expect(parse('h1,h2')).toHaveLength(2);
});
