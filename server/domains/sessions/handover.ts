/**
 * The handover of a session: what is recorded of it without the agent's doing. It has a table of its own, so that heartbeats and
 * lists never read it. The caller of every write has locked the session's row.
 */
import { type EntityManager, EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';
import { createRowCodec } from '../../platform/database/columns.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { invalidField } from '../../platform/faults.ts';
import type { SessionRow } from './entity.ts';

export type Handover = components['schemas']['Handover'];
type SessionKey = Pick<SessionRow, 'accountId' | 'sessionId'>;

interface HandoverRow extends SessionKey {
  handover: Handover;
}

export const SessionHandover = new EntitySchema<HandoverRow>({
  name: 'SessionHandover',
  tableName: 'session_handovers',
  columns: {
    accountId: column.id({ primary: true }),
    sessionId: column.id({ primary: true }),
    handover: column.json(),
  },
});

const handoverCodec = createRowCodec(SessionHandover);

const MAX_BYTES = 8_192;

/** Throws `invalid-request` for a handover that is too large. */
export function assertHandoverFits(handover: Handover): void {
  const bytes = Buffer.byteLength(JSON.stringify(handover));
  if (bytes > MAX_BYTES)
    throw invalidField('body', '/handover', `has ${bytes} bytes as JSON; at most ${MAX_BYTES} are stored`);
}

/** A change of a session's handover; null removes it. */
export interface HandoverChange extends SessionKey {
  readonly handover: Handover | null;
}

/** Writes changes right before the commit. Of several of one session the last one counts. */
export function writeHandovers({ upsert, beforeCommit }: Transaction, changes: readonly HandoverChange[]): void {
  if (changes.length === 0) return;
  const latest = new Map(changes.map((change) => [`${change.accountId} ${change.sessionId}`, change]));
  const rows: HandoverRow[] = [];
  for (const { accountId, sessionId, handover } of latest.values()) {
    if (handover) rows.push({ accountId, sessionId, handover });
    else
      beforeCommit({
        sql: 'DELETE FROM session_handovers WHERE accountId = ? AND sessionId = ?',
        values: [accountId, sessionId],
      });
  }
  upsert('session_handovers', ['accountId', 'sessionId'], rows.map(handoverCodec.toPlain));
}

/** What is recorded of a session; null when nothing is. */
export const findHandover = async (
  manager: EntityManager,
  { accountId, sessionId }: SessionKey,
): Promise<Handover | null> => (await manager.findOneBy(SessionHandover, { accountId, sessionId }))?.handover ?? null;
