/** The user's own key, for roles that may not manage keys. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat, me } from '../../auth.ts';
import { AccessDenied } from '../../components/access-denied.tsx';
import { Timestamp } from '../../components/age.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { PageLayout } from '../../shell/page.tsx';
import { ShowKey } from './show-key.tsx';

export function OwnKey() {
  const [confirming, setConfirming] = useState(false);
  const [createdKey, setCreatedKey] = useState<components['schemas']['NewKey'] | null>(null);
  if (!me.value) return null;
  const { keyId, label, expiresAt } = me.value;
  return (
    <PageLayout title="Keys">
      <div class="stack">
        <AccessDenied title="Only admins manage the keys of the account" />
        <section class="card stack" aria-labelledby="own-title">
          <h2 id="own-title">The key that you signed in with</h2>
          <p>
            <code>{keyId}</code> {label !== null && `(${label})`}{' '}
            {expiresAt === null ? (
              'never expires.'
            ) : (
              <>
                expires <Timestamp at={expiresAt} />.
              </>
            )}
          </p>
          <div class="form-actions">
            <button type="button" class="button" onClick={() => setConfirming(true)}>
              Rotate it
            </button>
          </div>
        </section>
      </div>
      {confirming && !createdKey && (
        <ConfirmDialog
          title="Rotate your key?"
          confirmLabel="Rotate"
          action={async () => setCreatedKey(await fleetbeat().keys.rotate(keyId))}
          onClose={() => setConfirming(false)}
        >
          <p>
            A new key takes its place. The old one works for 30 more seconds; then every agent that uses it is refused,
            and you sign in here with the new one.
          </p>
        </ConfirmDialog>
      )}
      {createdKey && (
        <ShowKey
          createdKey={createdKey}
          onDismiss={() => {
            setCreatedKey(null);
            setConfirming(false);
          }}
        />
      )}
    </PageLayout>
  );
}
