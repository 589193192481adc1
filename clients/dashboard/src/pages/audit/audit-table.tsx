import type { components } from '@fleetbeat/client';
import { Timestamp } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { programPath } from '../../routes.ts';

type AuditEntry = components['schemas']['AuditEntry'];

/** Audit entries, one per row. */
export const AuditTable = ({ entries }: { readonly entries: readonly AuditEntry[] }) => (
  <Table
    caption="Audit"
    rows={entries}
    getKey={({ auditId }) => auditId}
    columns={[
      { title: 'When', tight: true, cell: ({ at }) => <Timestamp at={at} /> },
      {
        title: 'Action',
        isRowHeader: true,
        cell: ({ action, detail }) => (
          <span>
            {action}
            {detail !== null && <span class="audit-detail">{detail}</span>}
          </span>
        ),
      },
      {
        title: 'Outcome',
        tight: true,
        cell: ({ outcome }) =>
          outcome === 'done' ? (
            <Badge icon="check">Done</Badge>
          ) : (
            <Badge tone="bad" icon="off">
              Denied
            </Badge>
          ),
      },
      {
        title: 'To',
        labelled: true,
        cell: ({ subject }) => (subject === null ? <span class="faint">–</span> : subject),
      },
      {
        title: 'By',
        labelled: true,
        cell: ({ keyId, role, programId }) => (
          <span>
            {programId === null ? role : <a href={programPath(programId)}>{programId}</a>}
            <a class="audit-key" href={`/audit?key=${encodeURIComponent(keyId)}`}>
              <code>{keyId}</code>
            </a>
          </span>
        ),
      },
    ]}
  />
);
