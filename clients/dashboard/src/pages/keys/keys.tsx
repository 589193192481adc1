/** The keys of the account: who may speak to the server, and as whom. */
import type { components } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { PAGE, usePages } from '../../live/pages.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { More } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { ProgramField } from '../../parts/program-field.tsx';
import { fleetbeat, isAdmin } from '../../session.ts';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../shell/query.ts';
import { KeyTable } from './key-table.tsx';
import type { Key } from './key-words.ts';
import { NewKey } from './new-key.tsx';
import { OwnKey } from './own-key.tsx';
import { ShowKey } from './show-key.tsx';
import './keys.css';

type Made = components['schemas']['NewKey'];

export const Keys = () => (isAdmin() ? <AllKeys /> : <OwnKey />);

function AllKeys() {
  const [programId, setProgramId] = useQuery('program');
  const [forWhom, setForWhom] = useQuery('new');
  const [made, setMade] = useState<Made | null>(null);
  const [asked, setAsked] = useState<{ readonly verb: 'rotate' | 'revoke'; readonly key: Key } | null>(null);
  const keys = usePages(
    async (cursor) => {
      const page = await fleetbeat().keys.list({ ...(programId && { programId }), limit: PAGE, ...cursor });
      return { rows: page.keys, nextCursor: page.nextCursor };
    },
    [programId],
    { when: ({ kind }) => kind.startsWith('key.') },
  );
  const close = () => {
    setForWhom('');
    setAsked(null);
    setMade(null);
    keys.reload();
  };
  const name = asked?.key.label ?? asked?.key.keyId;
  return (
    <Page
      title="Keys"
      actions={
        <button type="button" class="button primary" onClick={() => setForWhom(programId || '*')}>
          <Icon name="key" /> New key
        </button>
      }
    >
      <Filters label="Which keys">
        <ProgramField label="Program" first={[{ value: '', label: 'All' }]} value={programId} onChoose={setProgramId} />
      </Filters>
      {keys.error != null && <Problem error={keys.error} retry={keys.reload} />}
      {keys.rows === undefined && keys.error == null && <Loading what="keys" />}
      {keys.rows?.length === 0 && (
        <Empty icon="key" title="No key yet">
          <p>Each agent has a key of its own, so that each can be told apart, and be shut out alone.</p>
        </Empty>
      )}
      {keys.rows && keys.rows.length > 0 && (
        <KeyTable
          keys={keys.rows}
          onRotate={(key) => setAsked({ verb: 'rotate', key })}
          onRevoke={(key) => setAsked({ verb: 'revoke', key })}
        />
      )}
      <More pages={keys} what="keys" />
      {forWhom !== '' && !made && (
        <NewKey programId={forWhom === '*' ? '' : forWhom} onClose={() => setForWhom('')} onMade={setMade} />
      )}
      {asked?.verb === 'rotate' && !made && (
        <Confirm
          title={`Rotate ${name}?`}
          verb="Rotate"
          act={async () => setMade(await fleetbeat().keys.rotate(asked.key.keyId))}
          onClose={() => setAsked(null)}
        >
          <p>
            A new key takes its place, with the same rights and expiry. The old one works for 30 more seconds: have the
            agent ready to change over.
          </p>
        </Confirm>
      )}
      {asked?.verb === 'revoke' && (
        <Confirm
          danger
          title={`Revoke ${name}?`}
          verb="Revoke"
          act={() => fleetbeat().keys.revoke(asked.key.keyId)}
          onClose={close}
        >
          <p>
            It is refused from its next request on, and whoever signed in with it is signed out. This cannot be undone;
            a new key can be made.
          </p>
        </Confirm>
      )}
      {made && <ShowKey made={made} onKept={close} />}
    </Page>
  );
}
