import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../platform/clock.ts';
import type { Principal, Role } from '../../platform/principal.ts';
import { isConnected, listOfferedRoles, newConnectionRow, newTokenRow, requireOffered } from './rules.ts';

const NOW = 1_800_000_000_000;
const ALL = 'operator offline_access admin auditor program';
const CLIENT = {
  connectionId: 'c-1',
  clientId: 'https://editor.example/client.json',
  clientName: 'Editor',
  ticketHash: 'h',
};
const principal = (role: Role, programId: string | null = null): Principal => ({
  accountId: 'main',
  accountName: 'Main',
  tier: 'unlimited',
  keyId: 'k-1',
  role,
  programId,
  label: null,
  expiresAt: null,
});
const kind = (of: string) => expect.objectContaining({ kind: of });

describe('what a person is offered', () => {
  test.each<[Role, readonly Role[]]>([
    ['program', ['program']],
    ['auditor', ['auditor']],
    ['admin', ['program', 'auditor', 'admin']],
    ['operator', ['program', 'auditor', 'admin', 'operator']],
  ])('with a key of the role %s is %s, the least first', (role, offered) => {
    expect(listOfferedRoles({ role }, ALL)).toEqual(offered);
  });

  test('is what the client asked for, and nothing else', () => {
    expect(listOfferedRoles({ role: 'operator' }, 'admin program')).toEqual(['program', 'admin']);
    expect(listOfferedRoles({ role: 'operator' }, 'offline_access')).toEqual([]);
  });

  test('is all that can be chosen', () => {
    const choose = (by: Principal, scope: string, approval: Parameters<typeof requireOffered>[2]) => () =>
      requireOffered(by, scope, approval);
    choose(principal('admin'), ALL, { role: 'admin' })();
    choose(principal('admin'), ALL, { role: 'program', programId: 'builder' })();
    choose(principal('program', 'builder'), ALL, { role: 'program', programId: 'builder' })();
    expect(choose(principal('admin'), ALL, { role: 'operator' })).toThrow(kind('forbidden'));
    expect(choose(principal('admin'), 'program', { role: 'admin' })).toThrow(kind('forbidden'));
    expect(choose(principal('admin'), ALL, { role: 'program' })).toThrow(kind('invalid-request'));
    expect(choose(principal('program', 'builder'), ALL, { role: 'program', programId: 'other' })).toThrow(
      kind('forbidden'),
    );
  });
});

describe('a connection', () => {
  const connection = newConnectionRow(principal('admin'), { role: 'program', programId: 'builder' }, CLIENT, NOW);

  test('has the rights that were chosen, and ten minutes until the browser goes on', () => {
    expect(connection).toEqual({
      ...CLIENT,
      accountId: 'main',
      keyId: 'k-1',
      role: 'program',
      programId: 'builder',
      createdAt: NOW,
      expiresAt: NOW + 10 * MINUTE,
      endedAt: null,
    });
    expect(newConnectionRow(principal('admin'), { role: 'admin' }, CLIENT, NOW).programId).toBeNull();
  });

  test('lasts until it expires or is ended', () => {
    expect(isConnected(connection, connection.expiresAt - 1)).toBe(true);
    expect(isConnected(connection, connection.expiresAt)).toBe(false);
    expect(isConnected({ ...connection, endedAt: NOW }, NOW)).toBe(false);
  });

  test('has tokens with its rights, which outlive neither it nor the key of its person', () => {
    const person = { keyId: 'k-1', expiresAt: null };
    const secret = { keyId: 't-1', secretHash: 's' };
    const lasting = { ...connection, expiresAt: NOW + 90 * DAY };
    const token = newTokenRow(lasting, person, secret, NOW + HOUR, NOW);
    expect(token).toEqual({
      ...secret,
      accountId: 'main',
      programId: 'builder',
      role: 'program',
      label: 'Editor',
      createdBy: 'k-1',
      createdAt: NOW,
      expiresAt: NOW + HOUR,
      revokedAt: null,
      rotatedTo: null,
      lastUsedAt: null,
      connectionId: 'c-1',
      clientName: 'Editor',
      renewalGrantedBy: null,
    });
    const getTokenExpiry = (until: number, personsExpiry: number | null) =>
      newTokenRow(lasting, { ...person, expiresAt: personsExpiry }, secret, until, NOW).expiresAt;
    expect(getTokenExpiry(NOW + 91 * DAY, null)).toBe(NOW + 90 * DAY);
    expect(getTokenExpiry(NOW + HOUR, NOW + MINUTE)).toBe(NOW + MINUTE);
  });

  test('of a client without a name shows its id, cut to 200 characters', () => {
    const unnamed = { ...connection, clientName: null, clientId: 'x'.repeat(300) };
    const token = newTokenRow(unnamed, { keyId: 'k-1', expiresAt: null }, { keyId: 't', secretHash: 's' }, NOW, NOW);
    expect(token).toMatchObject({ label: null, clientName: 'x'.repeat(200) });
  });
});
