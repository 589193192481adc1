/** TLS to the database: with a server that demands it, and with certificates that are not its own. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { openStore } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { explainDatabaseError } from '../../../server/startup-errors.ts';
import { type Authority, createAuthority } from '../../support/certificates.ts';
import { MYSQL_KINDS, runAsRoot, startKind } from '../../support/mysql-kinds.ts';
import type { PrivateMysql } from '../../support/private-mysql.ts';
import { runFailingStart } from '../../support/server-process.ts';

const USER = 'fl%40et%20user:p%40ss%2Fword%25';
const DATABASE = 'my%20fleet';

let folder: string;
let authority: Authority;
let stranger: Authority;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleetbeat-tls-'));
  authority = createAuthority(folder, 'own');
  stranger = createAuthority(folder, 'other');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Opens the database as a server does at its start, and resolves with the cipher of a connection of the pool. */
async function readCipher(url: string): Promise<string> {
  const store = await openStore(url, schema);
  try {
    const [row] = await store.read((manager) => manager.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'"));
    return row.Value;
  } finally {
    await store.close();
  }
}

/** The explanation with which a start ends. */
async function explainStart(url: string): Promise<string> {
  const error = await readCipher(url).then(
    (cipher) => new Error(`It started, with the cipher '${cipher}'`),
    (thrown: unknown) => thrown,
  );
  return explainDatabaseError(error, { ...readConfig({}), databaseUrl: url }) ?? String(error);
}

async function expectRefused(url: string, message: RegExp): Promise<void> {
  const explanation = await explainStart(url);
  expect(explanation).toMatch(message);
  expect(explanation).toMatch(/^DATABASE_URL: /);
  expect(explanation).not.toMatch(/p@ss|p%40ss/);
}

/** MySQL names the transport; MariaDB only denies the access. */
const PLAIN_TEXT_REFUSED = /secure transport|Access denied/i;

describe.each(MYSQL_KINDS)('%s', (kind) => {
  let server: PrivateMysql | null;
  let port: number;
  const build = (hosts: string, parameters: string, user = USER) =>
    `mysql://${user}@${hosts}/${DATABASE}${parameters === '' ? '' : `?${parameters}`}`;
  const getUrl = (parameters: string, user?: string) => build(`localhost:${port}`, parameters, user);
  const trusting = (mode: string, { ca } = authority) => `ssl-mode=${mode}&ssl-ca=${encodeURIComponent(ca)}`;

  /** The server shows the certificate of this name from now on. */
  async function presentCertificate(dnsName: string): Promise<void> {
    const { cert, key } = authority.issue(dnsName, dnsName);
    copyFileSync(cert, join(folder, `${kind}.pem`));
    copyFileSync(key, join(folder, `${kind}.key`));
    if (server) await runAsRoot(server, kind === 'mysql' ? 'ALTER INSTANCE RELOAD TLS' : 'FLUSH SSL');
  }

  beforeAll(async () => {
    await presentCertificate('localhost');
    const files = [`--ssl-cert=${join(folder, `${kind}.pem`)}`, `--ssl-key=${join(folder, `${kind}.key`)}`];
    server = await startKind(kind, [`--ssl-ca=${authority.ca}`, ...files]);
    if (!server) return;
    port = Number(new URL(server.url).port);
    await runAsRoot(
      server,
      'CREATE DATABASE `my fleet`',
      "CREATE USER `fl@et user`@`%` IDENTIFIED BY 'p@ss/word%'",
      'GRANT ALL ON `my fleet`.* TO `fl@et user`@`%`',
      'CREATE USER certified@`%` REQUIRE X509',
      'GRANT ALL ON `my fleet`.* TO certified@`%`',
      'SET GLOBAL require_secure_transport = ON',
    );
  });
  afterAll(() => server?.stop());

  test('a server that demands TLS gets it for every connection; names and password are decoded', async ({ skip }) => {
    if (!server) return skip();
    await expectRefused(getUrl(''), PLAIN_TEXT_REFUSED);
    await expectRefused(getUrl('ssl-mode=disabled'), PLAIN_TEXT_REFUSED);
    expect(await readCipher(getUrl('ssl-mode=REQUIRED'))).toMatch(/^TLS_|GCM|CHACHA/);
  });

  test('several hosts: the one that asks which is the primary uses TLS too, and each name is verified', async ({
    skip,
  }) => {
    if (!server) return skip();
    const hosts = `not-there.invalid:3306,localhost:${port}`;
    await expectRefused(build(hosts, ''), PLAIN_TEXT_REFUSED);
    for (const parameters of ['ssl-mode=REQUIRED', trusting('VERIFY_IDENTITY')])
      expect(await readCipher(build(hosts, parameters))).not.toBe('');
    await expectRefused(build(hosts, trusting('VERIFY_CA', stranger)), /certificate/);
  });

  test('VERIFY_CA takes a certificate of this authority alone', async ({ skip }) => {
    if (!server) return skip();
    expect(await readCipher(getUrl(trusting('VERIFY_CA')))).not.toBe('');
    await expectRefused(getUrl(trusting('VERIFY_CA', stranger)), /certificate/);
    // Without ssl-ca: the authorities that Node knows.
    await expectRefused(getUrl('ssl-mode=VERIFY_CA'), /certificate/);
  });

  test('VERIFY_IDENTITY takes a certificate of this name alone', async ({ skip }) => {
    if (!server) return skip();
    expect(await readCipher(getUrl(trusting('VERIFY_IDENTITY')))).not.toBe('');
    await presentCertificate('elsewhere.example');
    expect(await readCipher(getUrl(trusting('VERIFY_CA')))).not.toBe('');
    for (const hosts of [`localhost:${port}`, `not-there.invalid:3306,localhost:${port}`])
      await expectRefused(build(hosts, trusting('VERIFY_IDENTITY')), /localhost.*elsewhere\.example/s);
    await presentCertificate('localhost');
  });

  test('a client certificate is shown', async ({ skip }) => {
    if (!server) return skip();
    const { cert, key } = authority.issue('client', 'client.example');
    const shown = `ssl-cert=${encodeURIComponent(cert)}&ssl-key=${encodeURIComponent(key)}`;
    expect(await readCipher(getUrl(`${trusting('VERIFY_CA')}&${shown}`, 'certified'))).not.toBe('');
    await expectRefused(getUrl(trusting('VERIFY_CA'), 'certified'), /Access denied/);
  });

  test('a statement that is not answered by its deadline is given up through TLS, too', async ({ skip }) => {
    if (!server) return skip();
    const store = await openStore(getUrl('ssl-mode=REQUIRED'), schema);
    const asked = store.read((manager) => manager.query('SELECT SLEEP(20)'), { deadline: performance.now() + 300 });
    await expect(asked).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await store.read((manager) => manager.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
    await store.close();
  });

  test('files that cannot be read or used stop the start, by name', async ({ skip }) => {
    if (!server) return skip();
    await expectRefused(getUrl(`ssl-mode=VERIFY_CA&ssl-ca=${folder}/none.pem`), /ssl-ca: there is no file .*none\.pem/);
    const wrong = `ssl-mode=REQUIRED&ssl-cert=${authority.ca}&ssl-key=${stranger.ca}`;
    await expectRefused(getUrl(wrong), /ssl-cert, ssl-key: not usable/);
  });
});

test('a server without TLS is refused where it is asked for', async () => {
  const server = await startKind('mariadb', ['--skip-ssl']);
  try {
    await runAsRoot(server as PrivateMysql, 'CREATE DATABASE fleetbeat');
    await expectRefused(`${server?.url}/fleetbeat?ssl-mode=REQUIRED`, /does not support secure connection/);
    expect(await readCipher(`${server?.url}/fleetbeat`)).toBe('');
  } finally {
    await server?.stop();
  }
});

test('a parameter that is not known stops the start by name, without the password', async () => {
  const url = 'mysql://root:p%40ss@127.0.0.1:1/fleetbeat?sslmode=require';
  const { code, output } = await runFailingStart({ DATABASE_URL: url });
  expect(code).toBe(1);
  expect(output).toContain("DATABASE_URL has the parameter 'sslmode', which is none of ssl-mode, ssl-ca");
  expect(output).not.toMatch(/p@ss|p%40ss|^\s+at /m);
});
