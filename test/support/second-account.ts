/** Another tenant of the same server, put straight into the tables. */
import { createHash, randomBytes } from 'node:crypto';
import type { Fleetbeat } from '../../clients/typescript/src/index.ts';
import { randomName, type TestHouse } from './house.ts';
import { insertRow } from './rows.ts';

export interface Tenant {
  readonly accountId: string;
  readonly adminKey: string;
  readonly admin: Fleetbeat;
}

export async function secondAccount(house: TestHouse): Promise<Tenant> {
  const accountId = randomName('account');
  const keyId = randomName('key');
  const secret = randomBytes(16).toString('hex');
  const createdAt = house.clock.now();
  await insertRow(house.database, 'accounts', { accountId, name: accountId, tier: 'unlimited', createdAt });
  const secretHash = createHash('sha256').update(secret).digest('hex');
  await insertRow(house.database, 'api_keys', { keyId, accountId, role: 'admin', secretHash, createdAt });
  const adminKey = `fb_${keyId}_${secret}`;
  return { accountId, adminKey, admin: house.client(adminKey) };
}
