/** One line for each key that expires within 14 days and that somebody has to replace; for admins all, else one's own. */
import type { components } from '@fleetbeat/client';
import { fleetbeat, isAdmin, me } from '../../auth.ts';
import { Timestamp } from '../../components/age.tsx';
import { Icon } from '../../components/icon.tsx';
import { now } from '../../live/clock.ts';
import { useServerQuery } from '../../live/use-server-query.ts';
import { keysPath } from '../../routes.ts';

type Key = Pick<components['schemas']['Key'], 'keyId' | 'label' | 'programId' | 'role' | 'expiresAt' | 'renewable'>;

const NOTICE_MS = 14 * 24 * 3_600_000;
/** The others are on the page of keys. */
const MAX_LINES = 3;

export function ExpiringKeys() {
  const { value } = useServerQuery(loadExpiringKeys, [], { reloadOnEvent: ({ type }) => type.startsWith('key.') });
  const own = me.value;
  const ownEnds = own?.expiresAt != null && Date.parse(own.expiresAt) - now.value <= NOTICE_MS;
  const others = (value?.keys ?? []).filter(({ keyId }) => keyId !== own?.keyId);
  if (!ownEnds && others.length === 0) return null;
  const left = others.length - MAX_LINES;
  return (
    <section class="card notice" aria-label="Keys that expire soon">
      {ownEnds && own?.expiresAt && (
        <p>
          <Icon name="clock" /> What you signed in with expires <Timestamp at={own.expiresAt} />. Sign in before then
          with another key, or by a link: <code>fleetbeat open</code> on a machine that has a key.
        </p>
      )}
      {others.slice(0, MAX_LINES).map((key) => (
        <ExpiringKey key={key.keyId} of={key} />
      ))}
      {(left > 0 || value?.hasMore) && (
        <p>
          <a href={keysPath()}>{value?.hasMore ? 'More keys' : `${left} more`}</a> expire soon.
        </p>
      )}
    </section>
  );
}

function ExpiringKey({ of: { keyId, label, programId, role, expiresAt, renewable } }: { readonly of: Key }) {
  return (
    <p>
      <Icon name="clock" /> The key <a href={keysPath(programId)}>{label ?? keyId}</a> of{' '}
      {programId ?? `the role ${role}`} expires {expiresAt !== null && <Timestamp at={expiresAt} />}.{' '}
      {renewable ? (
        'Its agent renews it when it next runs.'
      ) : programId === null ? (
        'Make another one, and hand it over before then.'
      ) : (
        <>
          On its machine: <code>fleetbeat connect --make-key</code>
        </>
      )}
    </p>
  );
}

/** Silent on failure: the fleet below says what is wrong. */
async function loadExpiringKeys(): Promise<{ readonly keys: readonly Key[]; readonly hasMore: boolean }> {
  if (!isAdmin()) return { keys: [], hasMore: false };
  const { keys, nextCursor } = await fleetbeat().keys.list({ expiring: true, limit: 50 });
  return { keys, hasMore: nextCursor !== null };
}
