import { describe, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import type { Role } from '../../../openapi/operations.ts';
import { ROLES } from '../../support/callers.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const withRole = async (role: Role): Promise<Fleetbeat> =>
  server.client((await server.admin.keys.create({ role, programId: 'minter' })).key);

/** What each role may make. */
const MAY_MAKE: Readonly<Record<Role, readonly Role[]>> = {
  program: [],
  auditor: [],
  admin: ['program', 'auditor', 'admin'],
  operator: ROLES,
};

describe.each(ROLES)('a key of the role %s', (minter) => {
  test.each(ROLES)('makes a key of the role %s only if it has those rights itself', async (role) => {
    const client = await withRole(minter);
    const making = client.keys.create({ role, programId: 'minted' });
    if (MAY_MAKE[minter].includes(role)) expect(await making).toMatchObject({ role, programId: 'minted' });
    else await expect(making).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
  });
});

test("an admin neither revokes nor rotates an operator's key", async () => {
  const admin = await withRole('admin');
  const operator = await withRole('operator');
  const { keyId } = await operator.me();
  await expect(admin.keys.revoke(keyId)).rejects.toMatchObject({ status: 403 });
  await expect(admin.keys.rotate(keyId)).rejects.toMatchObject({ status: 403 });
  await operator.me();
});

test('a program exists from the moment that a key is made for it', async () => {
  const admin = await withRole('admin');
  await admin.keys.create({ programId: 'newcomer' });
  const { programs } = await admin.programs.list({ limit: 50 });
  expect(programs).toContainEqual(expect.objectContaining({ programId: 'newcomer', role: 'program', paused: false }));
});

test('a key of the role program needs a program', async () => {
  const making = server.admin.keys.create({ role: 'program' });
  await expect(making).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/programId' }] } });
});

test('keys are listed newest first, page by page, and never with a secret', async () => {
  const made: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    made.unshift((await server.admin.keys.create({ programId: 'paged', label: `Key ${count}` })).keyId);
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await server.admin.keys.list({ programId: 'paged', limit: 2, ...(cursor && { cursor }) });
    for (const key of page.keys) expect(Object.keys(key)).not.toContain('key');
    seen.push(...page.keys.map(({ keyId }) => keyId));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(5);
  expect(seen.toSorted()).toEqual(made.toSorted());
});
