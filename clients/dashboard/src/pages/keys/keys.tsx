/** The keys of the account. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Filters } from '../../components/filters.tsx';
import { Icon } from '../../components/icon.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { PageLayout } from '../../shell/page.tsx';
import { useSearchParam } from '../../shell/use-search-param.ts';
import type { Key } from './key-labels.ts';
import { KeyTable } from './key-table.tsx';
import { NewKey } from './new-key.tsx';
import { OwnKey } from './own-key.tsx';
import { ShowKey } from './show-key.tsx';
import './keys.css';

type CreatedKey = components['schemas']['NewKey'];

export const Keys = () => (isAdmin() ? <AllKeys /> : <OwnKey />);

function AllKeys() {
  const [programId, setProgramId] = useSearchParam('program');
  const [newKeyFor, setNewKeyFor] = useSearchParam('new');
  const [createdKey, setCreatedKey] = useState<CreatedKey | null>(null);
  const [pendingAction, setPendingAction] = useState<{ readonly verb: 'rotate' | 'revoke'; readonly key: Key } | null>(
    null,
  );
  const keys = usePaginatedQuery(
    async (pageQuery) => {
      const page = await fleetbeat().keys.list({ ...(programId && { programId }), ...pageQuery });
      return { rows: page.keys, nextCursor: page.nextCursor };
    },
    [programId],
    { reloadOnEvent: ({ type }) => type.startsWith('key.') },
  );
  const close = () => {
    setNewKeyFor('');
    setPendingAction(null);
    setCreatedKey(null);
    keys.reload();
  };
  const name = pendingAction?.key.label ?? pendingAction?.key.keyId;
  return (
    <PageLayout
      title="Keys"
      actions={
        <button type="button" class="button primary" onClick={() => setNewKeyFor(programId || '*')}>
          <Icon name="key" /> New key
        </button>
      }
    >
      <Filters label="Which keys">
        <ProgramSelect
          label="Program"
          leadingOptions={[{ value: '', label: 'All' }]}
          value={programId}
          onChange={setProgramId}
        />
      </Filters>
      {keys.error != null && <Problem error={keys.error} retry={keys.reload} />}
      {keys.rows === undefined && keys.error == null && <Loading what="keys" />}
      {keys.rows?.length === 0 && (
        <EmptyState icon="key" title="No key yet">
          <p>Each agent has a key of its own, so that each can be told apart, and be shut out alone.</p>
        </EmptyState>
      )}
      {keys.rows && keys.rows.length > 0 && (
        <KeyTable
          keys={keys.rows}
          onRotate={(key) => setPendingAction({ verb: 'rotate', key })}
          onRevoke={(key) => setPendingAction({ verb: 'revoke', key })}
        />
      )}
      <LoadMoreButton pages={keys} what="keys" />
      {newKeyFor !== '' && !createdKey && (
        <NewKey
          programId={newKeyFor === '*' ? '' : newKeyFor}
          onClose={() => setNewKeyFor('')}
          onCreated={setCreatedKey}
        />
      )}
      {pendingAction?.verb === 'rotate' && !createdKey && (
        <ConfirmDialog
          title={`Rotate ${name}?`}
          confirmLabel="Rotate"
          action={async () => setCreatedKey(await fleetbeat().keys.rotate(pendingAction.key.keyId))}
          onClose={() => setPendingAction(null)}
        >
          <p>
            A new key takes its place, with the same rights and expiry. The old one works for 30 more seconds: have the
            agent ready to change over.
          </p>
        </ConfirmDialog>
      )}
      {pendingAction?.verb === 'revoke' && (
        <ConfirmDialog
          danger
          title={`Revoke ${name}?`}
          confirmLabel="Revoke"
          action={() => fleetbeat().keys.revoke(pendingAction.key.keyId)}
          onClose={close}
        >
          <p>
            It is refused from its next request on, and whoever signed in with it is signed out. This cannot be undone;
            a new key can be made.
          </p>
        </ConfirmDialog>
      )}
      {createdKey && <ShowKey createdKey={createdKey} onDismiss={close} />}
    </PageLayout>
  );
}
