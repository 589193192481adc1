/** A connection that ends while a token of it is on its way leaves no token behind. SQLite has one writer at a time. */
import { expect, test } from 'vitest';
import { formatKey, generateKey, hashSecret } from '../../../server/platform/secret.ts';
import { type LockHolder, openLockHolder } from '../../support/lock-holder.ts';
import { callMcp, startFlow, type Tokens } from '../../support/oauth-flow.ts';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** Another server that renews a token: it has locked the person's key and the connection, as a renewal does. */
async function startRenewal({ access_token: token }: Tokens): Promise<LockHolder & { finish(): Promise<string> }> {
  const [, keyId] = token.split('_');
  const [row] = await runSql(server.database, 'SELECT * FROM api_keys WHERE keyId = ?', [keyId]);
  const connectionId = row?.['connectionId'];
  const [connection] = await runSql(server.database, 'SELECT keyId FROM connections WHERE connectionId = ?', [
    connectionId,
  ]);
  const holder = await openLockHolder(server.database);
  await holder.beginHeavyTransaction();
  await holder.lock(`SELECT keyId FROM api_keys WHERE keyId = '${connection?.['keyId']}'`);
  await holder.lock(`SELECT keyId FROM connections WHERE connectionId = '${connectionId}'`);
  return {
    ...holder,
    async finish() {
      const added = generateKey();
      const stored = { ...row, keyId: added.keyId, secretHash: hashSecret(added.secret) };
      const columns = Object.keys(stored);
      await holder.commit(
        `INSERT INTO api_keys (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        Object.values(stored) as (string | number)[],
      );
      await holder.close();
      return formatKey(added);
    },
  };
}

test('a token that is added while its connection is being ended has ended, too', async () => {
  const flow = await startFlow(server.url, server.adminKey);
  const tokens = await flow.connect();
  const undisturbed = await startRenewal(tokens);
  const second = await undisturbed.finish();
  expect((await callMcp(server.url, second)).status).toBe(200);

  const renewal = await startRenewal(tokens);
  const ended = flow.revoke(tokens.refresh_token);
  await renewal.waitForBlocked(1);
  const third = await renewal.finish();
  expect((await ended).status).toBe(200);
  for (const token of [tokens.access_token, second, third]) expect((await callMcp(server.url, token)).status).toBe(401);
});
