/** What ends and moves connections together with keys. */
import { placeholders } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/store.ts';
import type { KeyRow } from './entity.ts';

type Rotation = { readonly from: string; readonly to: string };

/** Ends the connections that these revoked keys are tokens of, or that a person let in with one of them. */
export async function endConnectionsOfKeys(
  { manager }: Transaction,
  accountId: string,
  keys: readonly Pick<KeyRow, 'keyId' | 'connectionId'>[],
  now: number,
): Promise<void> {
  const keyIds = keys.map(({ keyId }) => keyId);
  const connectionIds = keys.flatMap(({ connectionId }) => connectionId ?? []);
  const end = (column: 'keyId' | 'connectionId', ids: readonly string[]) =>
    manager.query(
      `UPDATE connections SET endedAt = ? WHERE accountId = ? AND endedAt IS NULL AND ${column} IN (${placeholders(ids)})`,
      [now, accountId, ...ids],
    );
  if (keyIds.length > 0) await end('keyId', keyIds);
  if (connectionIds.length > 0) await end('connectionId', connectionIds);
}

/** Ends the connections that act as a program, also those that have no token right now. */
export async function endConnectionsOfProgram(
  { manager }: Transaction,
  accountId: string,
  programId: string,
  now: number,
): Promise<void> {
  await manager.query('UPDATE connections SET endedAt = ? WHERE accountId = ? AND programId = ? AND endedAt IS NULL', [
    now,
    accountId,
    programId,
  ]);
}

/** After a rotation the new key answers for what the old one has let in, so that revoking it ends that too. */
export async function moveConnectionsToKey(
  { manager }: Transaction,
  accountId: string,
  { from, to }: Rotation,
): Promise<void> {
  await manager.query('UPDATE connections SET keyId = ? WHERE accountId = ? AND keyId = ?', [to, accountId, from]);
  await manager.query(
    'UPDATE api_keys SET createdBy = ? WHERE accountId = ? AND createdBy = ? AND connectionId IS NOT NULL',
    [to, accountId, from],
  );
}
