/** What is said between people and programs: the inbox of each, and what was sent. */

import { Empty } from '../../parts/empty.tsx';
import { Checkbox, Select } from '../../parts/field.tsx';
import { Filters } from '../../parts/filters.tsx';
import { Icon } from '../../parts/icon.tsx';
import { ProgramField } from '../../parts/program-field.tsx';
import { Tabs } from '../../parts/tabs.tsx';
import { mayWrite, me } from '../../session.ts';
import { Page } from '../../shell/page.tsx';
import { useQuery } from '../../shell/query.ts';
import { Inbox } from './inbox.tsx';
import { KINDS, kindOf } from './kinds.ts';
import { NewMessage } from './new-message.tsx';
import { Sent } from './sent.tsx';
import './messages.css';

const TABS = [
  { name: 'inbox', title: 'Inboxes' },
  { name: 'sent', title: 'Sent by you' },
] as const;

export function Messages() {
  const [view, setView] = useQuery('view', 'inbox');
  const [to, setTo] = useQuery('new');
  const [programId, setProgramId] = useQuery('program', me.value?.programId ?? '');
  const [kindText, setKind] = useQuery('kind');
  const [read, setRead] = useQuery('read');
  const isSent = view === 'sent';
  const sent = () => {
    setTo('');
    setView('sent');
  };
  return (
    <Page
      title="Messages"
      actions={
        mayWrite() ? (
          <button type="button" class="button primary" onClick={() => setTo(programId || '*')}>
            <Icon name="message" /> New message
          </button>
        ) : (
          <p class="faint">Auditors read messages but send none.</p>
        )
      }
    >
      <Tabs label="Messages" tabs={TABS} current={isSent ? 'sent' : 'inbox'} />
      {isSent ? (
        <Sent />
      ) : (
        <>
          <Filters label="Which messages">
            <ProgramField
              label="Inbox of"
              first={programId === '' ? [{ value: '', label: 'Choose a program…' }] : []}
              value={programId}
              onChoose={setProgramId}
            />
            <Select
              label="Kind"
              choices={[{ value: '', label: 'All' }, ...KINDS]}
              value={kindText}
              onChange={(event) => setKind(event.currentTarget.value)}
            />
            <Checkbox
              label="Also those dealt with"
              checked={read !== ''}
              onChange={(checked) => setRead(checked ? 'true' : '')}
            />
          </Filters>
          {programId === '' ? (
            <Empty icon="message" title="Whose inbox?">
              <p>Each program has its own. Choose one above to see what waits for it; a look is noted in the audit.</p>
            </Empty>
          ) : (
            <Inbox programId={programId} includeRead={read !== ''} kind={kindOf(kindText)} />
          )}
        </>
      )}
      {to !== '' && mayWrite() && <NewMessage to={to} onClose={() => setTo('')} onSent={sent} />}
    </Page>
  );
}
