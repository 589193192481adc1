/** Guessing gets nothing, and keeps nobody out who has the code. */
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectProblem } from '../../support/problems.ts';
import { startRateLimitedServer } from '../../support/rate-limited-server.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { randomName, startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GUESSES = 10_000;
const CONCURRENT_GUESSES = 50;

// Addresses are not limited here: the guesses come from as many as there are.
const server = useTestServer({ stopClock: true });

const randomSymbols = (length: number) => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
const redeem = (code: string, url = server.url, headers = {}) =>
  sendRaw(url, {
    method: 'POST',
    path: '/v1/invitations/redeem',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ code }),
  });
const invite = (more = {}) => server.admin.invitations.create({ programId: randomName('guessed'), ...more });

test('ten thousand guesses get nothing, and the right codes are let in all the same', {
  timeout: 300_000,
}, async () => {
  const { code, typedCode, invitationId } = await invite({ typedCode: true });
  const other = await invite({ typedCode: true });
  const locator = typedCode?.slice(0, 4) ?? '';
  let sent = 0;
  const statuses = new Set<number>();
  const guess = async () => {
    while (sent < GUESSES) {
      sent += 1;
      // Long codes, short ones, and the short ones of somebody who has seen the first half of one.
      const text = [randomSymbols(26), randomSymbols(10), `${locator}${randomSymbols(6)}`][sent % 3] ?? '';
      statuses.add((await redeem(text)).status);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_GUESSES }, guess));
  expect(statuses).toEqual(new Set([401]));
  expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'open', typedTriesLeft: 0 });
  // Its short code was tried too often; its long one is not touched by that, nor is another's short one.
  expectProblem(await redeem(typedCode ?? ''), 401);
  expect((await redeem(other.typedCode ?? '')).status).toBe(200);
  expect((await redeem(code)).status).toBe(200);
});

test('a typed code is good once, in any case, and with the letters that are read for digits', async () => {
  const { typedCode } = await invite({ typedCode: true });
  const sloppy = (typedCode ?? '').toLowerCase().replace('-', ' ').replace(/0/g, 'o').replace(/1/g, 'l');
  expect((await redeem(sloppy)).status).toBe(200);
  expectProblem(await redeem(typedCode ?? ''), 410);
});

test('a typed code has five tries, however many come at once and on how many servers', async () => {
  const { client } = await server.createAccount('team');
  const { typedCode, invitationId } = await client.invitations.create({ programId: 'five', typedCode: true });
  const replica = await startTestServer({ database: server.database });
  try {
    const locator = (typedCode ?? '').slice(0, 4);
    for (let each = 0; each < 4; each += 1) expectProblem(await redeem(`${locator}${randomSymbols(6)}`), 401);
    expect(await client.invitations.get(invitationId)).toMatchObject({ typedTriesLeft: 1 });
    const guesses = Array.from({ length: 10 }, (_, each) =>
      redeem(`${locator}${randomSymbols(6)}`, each % 2 === 0 ? server.url : replica.url),
    );
    for (const answer of await Promise.all(guesses)) expectProblem(answer, 401);
    expect(await client.invitations.get(invitationId)).toMatchObject({ typedTriesLeft: 0, state: 'open' });
    expectProblem(await redeem(typedCode ?? ''), 401);
  } finally {
    await replica.close();
  }
});

test('the typed codes of an account share twenty-five tries an hour; those of others are not touched', async () => {
  const { client } = await server.createAccount('team');
  const create = () => client.invitations.create({ programId: 'shared', typedCode: true });
  for (let each = 0; each < 5; each += 1) {
    const { typedCode } = await create();
    for (let tries = 0; tries < 5; tries += 1) await redeem(`${typedCode?.slice(0, 4)}${randomSymbols(6)}`);
  }
  const { typedCode, code } = await create();
  expectProblem(await redeem(typedCode ?? ''), 401);
  expect((await redeem(code)).status).toBe(200);
  const elsewhere = await invite({ typedCode: true });
  expect((await redeem(elsewhere.typedCode ?? '')).status).toBe(200);
  server.clock.advance(3_600_000 + 1);
  expect((await redeem((await create()).typedCode ?? '')).status).toBe(200);
});

test('an address that guesses is 429 and may use no typed code, but a long one; another address may use both', async () => {
  const limited = await startRateLimitedServer({ environment: { FLEETBEAT_TRUST_PROXY: 'loopback' } });
  try {
    const create = () => limited.admin.invitations.create({ programId: 'limited', typedCode: true });
    const [first, second] = [await create(), await create()];
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let each = 0; each < 20; each += 1)
      expectProblem(await redeem(randomSymbols(26), limited.url, from('192.0.2.1')), 401);
    expectProblem(await redeem(randomSymbols(26), limited.url, from('192.0.2.1')), 429);
    expectProblem(await redeem(first.typedCode ?? '', limited.url, from('192.0.2.1')), 429);
    expect((await redeem(first.code, limited.url, from('192.0.2.1'))).status).toBe(200);
    expect((await redeem(second.typedCode ?? '', limited.url, from('192.0.2.2'))).status).toBe(200);
  } finally {
    await limited.close();
  }
});
