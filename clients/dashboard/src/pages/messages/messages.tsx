/** Messages: the inbox of each program, and sent messages. */

import { mayWrite, me } from '../../auth.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Checkbox, Select } from '../../components/field.tsx';
import { Filters } from '../../components/filters.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProgramSelect } from '../../components/program-select.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { PageLayout } from '../../shell/page.tsx';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { Inbox } from './inbox.tsx';
import { KINDS, parseMessageKind } from './message-kinds.ts';
import { NewMessage } from './new-message.tsx';
import { SentMessages } from './sent-messages.tsx';
import './messages.css';

const TABS = [
  { name: 'inbox', title: 'Inboxes' },
  { name: 'sent', title: 'Sent by you' },
] as const;

export function Messages() {
  const [view, setView] = useSearchParam('view', 'inbox');
  const [to, setTo] = useSearchParam('new');
  const [programId, setProgramId] = useSearchParam('program', me.value?.programId ?? '');
  const [kindText, setKind] = useSearchParam('kind');
  const [read, setRead] = useSearchParam('read');
  const isSent = view === 'sent';
  const sent = () => {
    setTo('');
    setView('sent');
  };
  return (
    <PageLayout
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
        <SentMessages />
      ) : (
        <>
          <Filters label="Which messages">
            <ProgramSelect
              label="Inbox of"
              leadingOptions={programId === '' ? [{ value: '', label: 'Choose a program…' }] : []}
              value={programId}
              onChange={setProgramId}
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
            <EmptyState icon="message" title="Choose an inbox">
              <p>Each program has its own. Choose one above to see what waits for it; a look is noted in the audit.</p>
            </EmptyState>
          ) : (
            <Inbox programId={programId} includeRead={read !== ''} kind={parseMessageKind(kindText)} />
          )}
        </>
      )}
      {to !== '' && mayWrite() && <NewMessage to={to} onClose={() => setTo('')} onSent={sent} />}
    </PageLayout>
  );
}
