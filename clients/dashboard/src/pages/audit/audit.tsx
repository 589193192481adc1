/** The audit log: who did what, and who was denied. */

import { fleetbeat, isAdmin } from '../../auth.ts';
import { AccessDenied } from '../../components/access-denied.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select, TextField } from '../../components/field.tsx';
import { Filters } from '../../components/filters.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { PageLayout } from '../../shell/page.tsx';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { AuditTable } from './audit-table.tsx';
import { parseLocalDateTime } from './local-date-time.ts';
import './audit.css';

const OUTCOMES = [
  { value: '', label: 'Done and denied' },
  { value: 'done', label: 'Done' },
  { value: 'denied', label: 'Denied' },
] as const;

export const Audit = () =>
  isAdmin() ? (
    <AuditLog />
  ) : (
    <PageLayout title="Audit">
      <AccessDenied title="Only admins read the audit" />
    </PageLayout>
  );

function AuditLog() {
  const [outcomeText, setOutcome] = useSearchParam('outcome');
  const [action, setAction] = useSearchParam('action');
  const [keyId, setKeyId] = useSearchParam('key');
  const [since, setSince] = useSearchParam('since');
  const [until, setUntil] = useSearchParam('until');
  const outcome: 'done' | 'denied' | undefined =
    outcomeText === 'done' || outcomeText === 'denied' ? outcomeText : undefined;
  const [from, to] = [parseLocalDateTime(since), parseLocalDateTime(until)];
  const audit = usePaginatedQuery(
    async (pageQuery) => {
      const filter = { ...(outcome && { outcome }), ...(action && { action }), ...(keyId && { keyId }) };
      const timeRange = { ...(from && { since: from }), ...(to && { until: to }) };
      const page = await fleetbeat().audit.list({ ...filter, ...timeRange, ...pageQuery });
      return { rows: page.audit, nextCursor: page.nextCursor };
    },
    [outcome, action, keyId, from, to],
    { reloadOnEvent: ({ type }) => /^(key|webhook|program)\./.test(type) },
  );
  const filtered = [outcomeText, action, keyId, since, until].some(Boolean);
  return (
    <PageLayout
      title="Audit"
      actions={
        <button type="button" class="button" disabled={audit.loading} onClick={audit.reload}>
          Refresh
        </button>
      }
    >
      <Filters label="Which entries">
        <Select
          label="Outcome"
          choices={OUTCOMES}
          value={outcome ?? ''}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
        {/* Applied on blur: half a name would find nothing. */}
        <TextField
          label="Action"
          value={action}
          placeholder="createKey"
          spellcheck={false}
          autocapitalize="off"
          onChange={(event) => setAction(event.currentTarget.value.trim())}
        />
        <TextField
          label="Key"
          value={keyId}
          placeholder="0196f0c27d5e"
          spellcheck={false}
          autocapitalize="off"
          onChange={(event) => setKeyId(event.currentTarget.value.trim())}
        />
        <TextField
          label="From"
          type="datetime-local"
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <TextField
          label="Until"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </Filters>
      {audit.error != null && <Problem error={audit.error} retry={audit.reload} />}
      {audit.rows === undefined && audit.error == null && <Loading what="the audit" />}
      {audit.rows?.length === 0 && (
        <EmptyState icon="audit" title={filtered ? 'No entry matches' : 'Nothing was done or refused yet'}>
          {filtered ? (
            <a class="button" href="/audit">
              Show all entries
            </a>
          ) : (
            <p>
              Every refusal leaves an entry here, and every administrative act: keys, pauses, restores, looks into
              another program's memory.
            </p>
          )}
        </EmptyState>
      )}
      {audit.rows && audit.rows.length > 0 && <AuditTable entries={audit.rows} />}
      <LoadMoreButton pages={audit} what="entries" />
    </PageLayout>
  );
}
