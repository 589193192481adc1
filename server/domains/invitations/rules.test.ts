import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../platform/clock.ts';
import { describeClosed, getInvitationState, newInvitation, requireGrant } from './rules.ts';

const NOW = 1_800_000_000_000;
const INVITER = { accountId: 'main', keyId: 'k-admin' };
const CODES = { invitationId: 'i-1', codeHash: 'hash', locator: null, typedHash: null };
const refusal = (kind: string, detail: RegExp) =>
  expect.objectContaining({ kind, detail: expect.stringMatching(detail) });

describe('a new invitation', () => {
  test('is for a key of a program, and good for ten minutes', () => {
    expect(newInvitation(INVITER, { programId: 'builder' }, CODES, NOW)).toEqual({
      ...CODES,
      accountId: 'main',
      typedTries: 0,
      grants: 'key',
      role: 'program',
      programId: 'builder',
      label: null,
      ttlDays: null,
      createdBy: 'k-admin',
      createdAt: NOW,
      expiresAt: NOW + 10 * MINUTE,
      usedAt: null,
      keyId: null,
      withdrawnAt: null,
    });
  });

  test('has what was asked for; a web session has no days of its own', () => {
    const asked = { role: 'auditor', label: 'Phone', ttlDays: 7 } as const;
    expect(newInvitation(INVITER, asked, CODES, NOW)).toMatchObject({ ...asked, grants: 'key', programId: null });
    const browser = newInvitation(INVITER, { grants: 'web-session', role: 'admin' }, CODES, NOW);
    expect(browser).toMatchObject({ grants: 'web-session', role: 'admin', ttlDays: null });
  });

  test('names a program when it is for one, and no days for a web session', () => {
    const create = (more: object) => () => newInvitation(INVITER, more, CODES, NOW);
    expect(create({})).toThrow(refusal('invalid-request', /programId/));
    expect(create({ grants: 'web-session' })).toThrow(refusal('invalid-request', /programId/));
    expect(create({ grants: 'web-session', role: 'admin', ttlDays: 1 })).toThrow(refusal('invalid-request', /ttlDays/));
  });
});

describe('an invitation', () => {
  const open = newInvitation(INVITER, { programId: 'builder' }, CODES, NOW);

  test('is open until it expires, unless its inviter is gone', () => {
    expect(getInvitationState(open, true, open.expiresAt - 1)).toBe('open');
    expect(getInvitationState(open, false, open.expiresAt - 1)).toBe('inviter-revoked');
    expect(getInvitationState(open, true, open.expiresAt)).toBe('expired');
    expect(getInvitationState(open, false, open.expiresAt)).toBe('expired');
  });

  test('stays used, or withdrawn, whatever comes after', () => {
    expect(getInvitationState({ ...open, withdrawnAt: NOW }, false, open.expiresAt)).toBe('withdrawn');
    expect(getInvitationState({ ...open, usedAt: NOW, withdrawnAt: NOW }, false, open.expiresAt)).toBe('used');
  });

  test('that is closed says why, and when', () => {
    const describeIt = (more: object, state: Parameters<typeof describeClosed>[1]) =>
      describeClosed({ ...open, ...more }, state, (ms) => `+${ms - NOW}`);
    expect(describeIt({ usedAt: NOW + 5 }, 'used')).toBe(
      'This invitation was used already, at +5. Ask for another one.',
    );
    expect(describeIt({ withdrawnAt: NOW + 6 }, 'withdrawn')).toContain('was withdrawn at +6.');
    expect(describeIt({}, 'expired')).toContain('has expired at +600000: it is good for ten minutes.');
    expect(describeIt({}, 'inviter-revoked')).toContain('the key that created it is revoked or has expired.');
  });

  test('is traded for its own kind and role only', () => {
    const forAgent = { grants: 'key', role: 'program' } as const;
    requireGrant(forAgent, { grants: 'key', role: undefined });
    requireGrant(forAgent, { grants: 'key', role: 'program' });
    const trade = (wanted: Parameters<typeof requireGrant>[1]) => () => requireGrant(forAgent, wanted);
    expect(trade({ grants: 'key', role: 'admin' })).toThrow(
      refusal('invitation-of-another-kind', /for the role program, not for admin/),
    );
    expect(trade({ grants: 'web-session', role: undefined })).toThrow(
      refusal('invitation-of-another-kind', /for an agent, not for a browser/),
    );
    expect(trade({ grants: 'web-session', role: 'program' })).toThrow(
      refusal('invitation-of-another-kind', /for an agent, not for a browser/),
    );
    expect(() => requireGrant({ grants: 'web-session', role: 'admin' }, { grants: 'key', role: 'admin' })).toThrow(
      refusal('invitation-of-another-kind', /for a browser, not for an agent/),
    );
  });
});
