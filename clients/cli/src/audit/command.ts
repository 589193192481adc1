import type { components } from '@fleetbeat/client';
import { defineCommand } from '../command.ts';
import { collectPages, PAGING_OPTIONS, warnIfTruncated } from '../pages.ts';
import { type Column, tableLines } from '../table.ts';

type AuditEntry = components['schemas']['AuditEntry'];

export const command = defineCommand({
  summary: 'List refusals and administrative acts, the newest first; for admins',
  options: {
    outcome: {
      type: 'text',
      value: 'outcome',
      choices: ['done', 'denied'],
      summary: 'those that were done, or denied',
    },
    action: { type: 'text', value: 'operation', summary: 'those of an operation, such as revokeKey' },
    keyId: { type: 'text', value: 'keyId', summary: 'those of a key' },
    since: { type: 'text', value: 'instant', summary: 'from then on, such as 2026-02-24T10:30:00Z' },
    until: { type: 'text', value: 'instant', summary: 'before then' },
    ...PAGING_OPTIONS,
  },
  examples: [['fleetbeat audit --outcome denied', 'Who tried what they may not?']],
  run: async (call) => {
    const { limit: _limit, all: _all, ...filter } = call.options;
    const fleetbeat = await call.fleetbeat();
    const { items: audit, nextCursor } = await collectPages('audit', call.options, (page) =>
      fleetbeat.audit.list({ ...filter, ...page }),
    );
    const columns: readonly Column<AuditEntry>[] = [
      { title: 'WHEN', text: ({ at }) => at.replace('T', ' ').replace(/\.\d+Z$/, 'Z') },
      { title: 'KEY', text: ({ keyId }) => keyId, minWidth: 8 },
      { title: 'ROLE', text: ({ role }) => role, dropOrder: 1 },
      { title: 'ACTION', text: ({ action }) => action },
      {
        title: 'OUTCOME',
        text: ({ outcome }) => outcome,
        colour: ({ outcome }, paint) => (outcome === 'denied' ? paint.bad : undefined),
      },
      { title: 'SUBJECT', text: ({ subject }) => subject, minWidth: 10 },
      { title: 'DETAIL', text: ({ detail }) => detail, minWidth: 12, dropOrder: 2 },
    ];
    call.print({ audit, nextCursor }, () =>
      audit.length === 0 ? 'Nothing in the audit.' : tableLines(columns, audit, call.layout()).join('\n'),
    );
    warnIfTruncated(call, audit.length, nextCursor);
  },
});
