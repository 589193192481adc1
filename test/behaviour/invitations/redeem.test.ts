import { describe, expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { expectProblem } from '../../support/problems.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { runSql } from '../../support/sql.ts';
import { randomName, startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SAFARI =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

const server = useTestServer({ stopClock: true });

/** Without a key, as whoever got the code. */
const redeem = (body: unknown, url = server.url, headers = {}) =>
  sendRaw(url, {
    method: 'POST',
    path: '/v1/invitations/redeem',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const invite = (more = {}) => server.admin.invitations.create({ programId: randomName('invited'), ...more });
const newestAudit = async (action: string) => (await server.admin.audit.list({ action, limit: 1 })).audit[0];

describe('an agent', () => {
  test('trades a code for the key of its program, which works and is shown once', async () => {
    const { code, programId, invitationId, expiresAt, createdAt } = await invite({ label: 'Laptop' });
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(10 * MINUTE);
    const { key, signedIn } = await createFleetbeat({ baseUrl: server.url }).invitations.redeem({ code });
    expect(signedIn).toBeNull();
    expect(key).toMatchObject({ programId, role: 'program', label: 'Laptop' });
    expect(Date.parse(key?.expiresAt ?? '') - server.clock.now()).toBe(90 * DAY);
    const me = await server.client(key?.key ?? '').me();
    expect(me).toMatchObject({ programId, role: 'program', keyId: key?.keyId });
    const read = await server.admin.invitations.get(invitationId);
    expect(read).toMatchObject({ state: 'used', keyId: key?.keyId, usedAt: key?.createdAt });
    expect(await newestAudit('createInvitation')).toMatchObject({ subject: invitationId, outcome: 'done' });
    expect(await newestAudit('redeemInvitation')).toMatchObject({
      subject: key?.keyId,
      keyId: key?.keyId,
      outcome: 'done',
      detail: expect.stringContaining(invitationId),
    });
  });

  test('types the code as it likes', async () => {
    const { code } = await invite();
    expect((await redeem({ code: ` ${code.toUpperCase().replace(/(.{5})/g, '$1-')} ` })).status).toBe(200);
  });

  test('gets the key that the invitation says, and no other', async () => {
    const { code } = await invite({ role: 'auditor', ttlDays: 0 });
    expectProblem(await redeem({ code, role: 'program' }), 409);
    expectProblem(await redeem({ code, grants: 'web-session' }), 409);
    const { key } = JSON.parse((await redeem({ code, role: 'auditor' })).text);
    expect(key).toMatchObject({ role: 'auditor', expiresAt: null });
  });

  test('who gives neither the right body nor a known code gets nothing', async () => {
    for (const body of [{}, { code: '' }, { code: 'a', key: 'b' }, { code: 'a', grants: 'everything' }])
      expectProblem(await redeem(body), 400);
    for (const code of ['guessed', '0'.repeat(26), '0000000000', '€'.repeat(26), server.adminKey])
      expectProblem(await redeem({ code }), 401);
  });
});

describe('a browser', () => {
  test('signs in with a key of its own, whose secret nobody has and which ends with its web session', async () => {
    const { code } = await server.admin.invitations.create({ grants: 'web-session', role: 'auditor', label: 'Phone' });
    const page = openWebPage(server.url, { 'user-agent': SAFARI });
    const answer = await page.signIn({ invitation: code });
    expect(answer.status, answer.text).toBe(200);
    const { key, signedIn } = JSON.parse(answer.text);
    expect(key).toBeNull();
    expect(signedIn.me).toMatchObject({ role: 'auditor', label: 'Phone' });
    expect(answer.text).not.toMatch(/fb_/);
    expect(page.cookie()).toMatchObject({ httpOnly: true, sameSite: 'strict' });
    expect((await page.request('GET', '/v1/sessions')).status).toBe(200);
    const { webSessions } = await server.admin.webSessions.list({ scope: 'account' });
    expect(webSessions[0]).toMatchObject({ keyId: signedIn.me.keyId, role: 'auditor', device: 'Safari on iOS' });
    expect((await page.request('POST', '/v1/sign-out')).status).toBe(204);
    expect((await server.admin.keys.get(signedIn.me.keyId)).revokedAt).not.toBeNull();
  });

  test.each([
    ['one by one', (id: string) => server.admin.webSessions.end(id)],
    ['all at once', () => server.admin.signOutEverywhere('account')],
  ])('whose web session an admin ends, %s, has no key any more; a pasted key stays', async (_name, end) => {
    const { key, keyId } = await server.admin.keys.create({ role: 'auditor' });
    await openWebPage(server.url).signIn({ key });
    const { code } = await server.admin.invitations.create({ grants: 'web-session', role: 'auditor' });
    const page = openWebPage(server.url);
    const own = JSON.parse((await page.signIn({ invitation: code })).text).signedIn.me;
    const { webSessions } = await server.admin.webSessions.list({ scope: 'account', limit: 50 });
    await end(webSessions.find((each) => each.keyId === own.keyId)?.webSessionId ?? '');
    expectProblem(await page.request('GET', '/v1/me'), 401);
    expect((await server.admin.keys.get(own.keyId)).revokedAt).not.toBeNull();
    expect((await server.admin.keys.get(keyId)).revokedAt).toBeNull();
  });

  test('is listed and signed out everywhere by the key that invited it, and does neither to that key', async () => {
    const { client, key } = await server.createAccount('team');
    const desk = openWebPage(server.url);
    await desk.signIn({ key });
    const { code } = await client.invitations.create({ grants: 'web-session', role: 'admin' });
    const phone = openWebPage(server.url);
    const { keyId } = JSON.parse((await phone.signIn({ invitation: code })).text).signedIn.me;
    const stranger = openWebPage(server.url);
    const { key: another } = await client.keys.create({ role: 'admin' });
    await stranger.signIn({ key: another });

    const listed = await client.webSessions.list();
    expect(listed.webSessions.map((each) => each.keyId).sort()).toEqual([keyId, (await client.me()).keyId].sort());
    expect(await phone.request('GET', '/v1/web-sessions')).toMatchObject({ status: 200 });
    expect(JSON.parse((await phone.request('GET', '/v1/web-sessions')).text).webSessions).toHaveLength(1);
    expect(await client.signOutEverywhere()).toMatchObject({ ended: 2 });
    for (const page of [desk, phone]) expectProblem(await page.request('GET', '/v1/me'), 401);
    expect((await client.keys.get(keyId)).revokedAt).not.toBeNull();
    expect((await stranger.request('GET', '/v1/me')).status).toBe(200);
  });

  test('is still reached by the key that its inviter was rotated into', async () => {
    const { client, key } = await server.createAccount('team');
    const { code } = await client.invitations.create({ grants: 'web-session', role: 'admin' });
    const phone = openWebPage(server.url);
    await phone.signIn({ invitation: code });
    const rotated = server.client((await client.keys.rotate((await server.client(key).me()).keyId)).key);
    expect((await rotated.webSessions.list()).webSessions).toHaveLength(1);
    expect(await rotated.signOutEverywhere()).toMatchObject({ ended: 1 });
    expectProblem(await phone.request('GET', '/v1/me'), 401);
  });

  test('is not let in by a link from before its inviter signed out everywhere; an invited agent still is', async () => {
    const { client } = await server.createAccount('team');
    const other = server.client((await client.keys.create({ role: 'admin' })).key);
    const browser = { grants: 'web-session', role: 'auditor' } as const;
    const [mine, others, agent] = [
      await client.invitations.create(browser),
      await other.invitations.create(browser),
      await client.invitations.create({ programId: 'agent' }),
    ];
    await client.signOutEverywhere();
    expect(await client.invitations.get(mine.invitationId)).toMatchObject({ state: 'withdrawn' });
    expectProblem(await openWebPage(server.url).signIn({ invitation: mine.code }), 410);
    expect(await client.invitations.get(others.invitationId)).toMatchObject({ state: 'open' });
    await client.signOutEverywhere('account');
    expect(await client.invitations.get(others.invitationId)).toMatchObject({ state: 'withdrawn' });
    expect((await redeem({ code: agent.code })).status).toBe(200);
  });

  test('is not kept by an admin from the link of an operator', async () => {
    const admin = server.client((await server.admin.keys.create({ role: 'admin' })).key);
    const { invitationId } = await server.admin.invitations.create({ grants: 'web-session', role: 'operator' });
    await admin.signOutEverywhere('account');
    expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'open' });
    await server.admin.signOutEverywhere('account');
    expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'withdrawn' });
  });

  test('never stays signed in behind signing out everywhere at the same time, on two servers', async () => {
    const replica = await startTestServer({ database: server.database });
    try {
      const { client, key } = await server.createAccount('team');
      for (let round = 1; round <= 4; round++) {
        const { code } = await client.invitations.create({ grants: 'web-session', role: 'auditor' });
        const phone = openWebPage(replica.url);
        const [signedIn] = await Promise.all([
          phone.signIn({ invitation: code }),
          server.client(key).signOutEverywhere(),
        ]);
        // Before it, and then ended, or too late.
        if (signedIn.status !== 200) expectProblem(signedIn, signedIn.status === 401 ? 401 : 410);
        expect((await client.webSessions.list()).webSessions).toEqual([]);
      }
    } finally {
      await replica.close();
    }
  });

  test('is not signed in by a page of another site', async () => {
    const { code } = await server.admin.invitations.create({ grants: 'web-session', role: 'auditor' });
    const page = openWebPage(server.url);
    expectProblem(await page.signIn({ invitation: code }, { 'sec-fetch-site': 'cross-site' }), 403);
    expect((await page.signIn({ invitation: code })).status).toBe(200);
  });

  test('that opens the invitation of an agent is told what it is for, and does not use it up', async () => {
    const { code } = await invite();
    const problem = expectProblem(await openWebPage(server.url).signIn({ invitation: code }), 409);
    expect(problem).toMatchObject({ type: '/problems/invitation-of-another-kind' });
    expect((await redeem({ code })).status).toBe(200);
  });

  test('keeps no right of a cookie that it had before', async () => {
    const page = openWebPage(server.url);
    await page.signIn({ key: server.adminKey });
    const { code } = await server.admin.invitations.create({ grants: 'web-session', role: 'auditor' });
    const answer = await page.signIn({ invitation: code }, { 'x-csrf-token': '' });
    expect(JSON.parse(answer.text).signedIn.me.role).toBe('auditor');
  });
});

describe('a code gets nothing', () => {
  test('twice, and the second try is audited, once', async () => {
    const { code, invitationId } = await invite();
    expect((await redeem({ code })).status).toBe(200);
    for (let each = 0; each < 3; each += 1) {
      const problem = expectProblem(await redeem({ code }), 410);
      expect(problem.detail).toMatch(/was used already/);
    }
    const { audit } = await server.admin.audit.list({ action: 'redeemInvitation', outcome: 'denied' });
    expect(audit.filter(({ subject }) => subject === invitationId)).toHaveLength(1);
  });

  test('late', async () => {
    const [early, late] = [await invite(), await invite()];
    server.clock.advance(10 * MINUTE - 1);
    expect((await redeem({ code: early.code })).status).toBe(200);
    server.clock.advance(1);
    expect(expectProblem(await redeem({ code: late.code }), 410).detail).toMatch(/has expired/);
    expect(await server.admin.invitations.get(late.invitationId)).toMatchObject({ state: 'expired', keyId: null });
  });

  test('after it was withdrawn, which is no harm to do twice; one that was used is 410', async () => {
    const { code, invitationId } = await invite();
    await server.admin.invitations.withdraw(invitationId);
    await server.admin.invitations.withdraw(invitationId);
    expect(expectProblem(await redeem({ code }), 410).detail).toMatch(/was withdrawn/);
    expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'withdrawn' });
    const used = await invite();
    await redeem({ code: used.code });
    await expect(server.admin.invitations.withdraw(used.invitationId)).rejects.toMatchObject({ status: 410 });
  });

  test('after the key that created it was revoked', async () => {
    const { key, keyId } = await server.admin.keys.create({ role: 'admin' });
    const { code, invitationId } = await server.client(key).invitations.create({ programId: 'orphan' });
    await server.admin.keys.revoke(keyId);
    expect(expectProblem(await redeem({ code }), 410).detail).toMatch(/is void/);
    expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'inviter-revoked' });
  });

  test.each(['the new key', 'the old key'] as const)('after %s of a rotated inviter was revoked', async (which) => {
    const { key, keyId } = await server.admin.keys.create({ role: 'admin' });
    const { code, invitationId } = await server.client(key).invitations.create({ programId: 'orphan' });
    const rotated = await server.admin.keys.rotate(keyId);
    await server.admin.keys.revoke(which === 'the new key' ? rotated.keyId : keyId);
    expect(expectProblem(await redeem({ code }), 410).detail).toMatch(/is void/);
    expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'inviter-revoked' });
  });

  test('after it was deleted, a day later', async () => {
    const { code, invitationId } = await invite();
    await runSql(server.database, `DELETE FROM invitations WHERE invitationId = '${invitationId}'`);
    expectProblem(await redeem({ code }), 401);
    await expect(server.admin.invitations.get(invitationId)).rejects.toMatchObject({ status: 404 });
    await expect(server.admin.invitations.withdraw(invitationId)).rejects.toMatchObject({ status: 404 });
  });
});

test('an invitation follows the rotation of its inviter, also once the old key has ended', async () => {
  const { key, keyId } = await server.admin.keys.create({ role: 'admin' });
  const { code, invitationId } = await server.client(key).invitations.create({ programId: 'follows' });
  const rotated = await server.admin.keys.rotate(keyId);
  server.clock.advance(MINUTE);
  expect(await server.admin.invitations.get(invitationId)).toMatchObject({ state: 'open', createdBy: rotated.keyId });
  expect((await redeem({ code })).status).toBe(200);
});

test('of twenty simultaneous uses of one code on two servers, one gets the key', async () => {
  const replica = await startTestServer({ database: server.database });
  try {
    for (const grants of ['key', 'web-session'] as const) {
      const { code, invitationId } = await invite({ grants });
      const urls = Array.from({ length: 20 }, (_, each) => (each % 2 === 0 ? server.url : replica.url));
      const answers = await Promise.all(urls.map((url) => redeem({ code, grants }, url)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...new Array(19).fill(410)]);
      const { keyId } = await server.admin.invitations.get(invitationId);
      const { programId } = await server.admin.keys.get(keyId ?? '');
      expect((await server.admin.keys.list({ programId: programId ?? '' })).keys).toHaveLength(1);
    }
  } finally {
    await replica.close();
  }
});

test('a used code and a revocation of its inviter at the same moment leave no key behind that the revocation missed', async () => {
  for (let each = 0; each < 5; each += 1) {
    const inviter = await server.admin.keys.create({ role: 'admin' });
    const { code } = await server.client(inviter.key).invitations.create({ programId: randomName('race') });
    const [answer] = await Promise.all([
      redeem({ code }),
      server.admin.keys.revoke(inviter.keyId, { withDescendants: true }),
    ]);
    const { key } = answer.status === 200 ? JSON.parse(answer.text) : { key: null };
    if (key) expect((await server.admin.keys.get(key.keyId)).revokedAt).not.toBeNull();
    else expectProblem(answer, 410);
  }
});

describe('an invitation', () => {
  test('grants no more than the key that creates it has', async () => {
    const { key } = await server.admin.keys.create({ role: 'admin' });
    const admin = server.client(key);
    for (const grants of ['key', 'web-session'] as const)
      await expect(admin.invitations.create({ grants, role: 'operator' })).rejects.toMatchObject({ status: 403 });
    const { code } = await admin.invitations.create({ grants: 'web-session', role: 'admin' });
    const page = openWebPage(server.url);
    expect(JSON.parse((await page.signIn({ invitation: code })).text).signedIn.me.role).toBe('admin');
  });

  test('grants nothing that outlives the key that created it', async () => {
    const { key, expiresAt } = await server.admin.keys.create({ role: 'admin', ttlDays: 1 });
    const admin = server.client(key);
    const agent = await admin.invitations.create({ programId: 'short' });
    expect(JSON.parse((await redeem({ code: agent.code })).text).key.expiresAt).toBe(expiresAt);
    const browser = await admin.invitations.create({ grants: 'web-session', role: 'auditor' });
    const page = openWebPage(server.url);
    expect(JSON.parse((await page.signIn({ invitation: browser.code })).text).signedIn.me.expiresAt).toBe(expiresAt);
  });

  test('needs a program for the role program, and no lifetime of a key for a browser', async () => {
    await expect(server.admin.invitations.create({})).rejects.toMatchObject({ status: 400 });
    const webSession = { grants: 'web-session', role: 'auditor', ttlDays: 3 } as const;
    await expect(server.admin.invitations.create(webSession)).rejects.toMatchObject({ status: 400 });
  });

  test('of an operator is withdrawn by no admin', async () => {
    const { key } = await server.admin.keys.create({ role: 'admin' });
    const { invitationId } = await server.admin.invitations.create({ grants: 'web-session', role: 'operator' });
    await expect(server.client(key).invitations.withdraw(invitationId)).rejects.toMatchObject({ status: 403 });
  });

  test('is one of a hundred open ones at most', async () => {
    const { client } = await server.createAccount('unlimited');
    const made = Array.from({ length: 100 }, () => client.invitations.create({ programId: 'many' }));
    const [first] = await Promise.all(made);
    await expect(client.invitations.create({ programId: 'many' })).rejects.toMatchObject({
      status: 409,
      problem: { type: '/problems/account-limit-reached', limit: 100 },
    });
    await client.invitations.withdraw(first?.invitationId ?? '');
    await client.invitations.create({ programId: 'many' });
    const listed = [];
    for await (const each of client.invitations.all({ limit: 50 })) listed.push(each.state);
    expect(listed.filter((state) => state === 'open')).toHaveLength(100);
    expect(listed).toContain('withdrawn');
  });

  test('leaves no code in the database, nor in what is kept for an Idempotency-Key', async () => {
    const { code, typedCode } = await invite({ typedCode: true });
    const tables = await Promise.all(
      ['invitations', 'audit', 'kept_answers', 'events'].map((table) =>
        runSql(server.database, `SELECT * FROM ${table}`),
      ),
    );
    const stored = JSON.stringify(tables).toLowerCase();
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(typedCode?.toLowerCase());
    expect(stored).not.toContain(typedCode?.replace('-', '').toLowerCase().slice(4));
  });
});
