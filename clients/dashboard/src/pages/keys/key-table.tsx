/** The keys of the account, never their secrets. */

import { me } from '../../auth.ts';
import { Age, Timestamp } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { Table } from '../../components/table.tsx';
import { now } from '../../live/clock.ts';
import { programPath } from '../../routes.ts';
import { getGrantableRoles, getKeyState, type Key } from './key-labels.ts';

interface KeyTableProps {
  readonly keys: readonly Key[];
  readonly onRotate: (key: Key) => void;
  readonly onRevoke: (key: Key) => void;
}

const KEY_STATE_BADGES = {
  active: ['good', 'check', 'Active'],
  expiring: ['warn', 'clock', 'Expires soon'],
  ending: ['warn', 'clock', 'Ends in seconds'],
  revoked: ['quiet', 'off', 'Revoked'],
  expired: ['quiet', 'off', 'Expired'],
} as const;

function KeyStateBadge({ of }: { readonly of: Key }) {
  const [tone, icon, text] = KEY_STATE_BADGES[getKeyState(of, now.value)];
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}

export const KeyTable = ({ keys, onRotate, onRevoke }: KeyTableProps) => (
  <Table
    caption="Keys"
    rows={keys}
    getKey={({ keyId }) => keyId}
    columns={[
      {
        title: 'Key',
        isRowHeader: true,
        cell: ({ keyId, label, kind }) => (
          <span>
            {label && <span class="key-label">{label}</span>}
            <code>{keyId}</code>
            {kind === 'oauth' && <span class="faint"> connected app</span>}
            {keyId === me.value?.keyId && <span class="faint"> yours</span>}
          </span>
        ),
      },
      { title: 'State', tight: true, cell: (key) => <KeyStateBadge of={key} /> },
      {
        title: 'Acts as',
        cell: ({ role, programId }) => (
          <span>
            {programId !== null && <a href={programPath(programId)}>{programId}</a>}
            {(programId === null || role !== 'program') && <span class="key-role">{role}</span>}
          </span>
        ),
      },
      {
        title: 'Created by',
        labelled: true,
        tight: true,
        cell: ({ createdBy }) =>
          createdBy === null ? <span class="faint">the server or an operator</span> : <code>{createdBy}</code>,
      },
      {
        title: 'Used',
        labelled: true,
        tight: true,
        cell: ({ lastUsedAt }) =>
          lastUsedAt === null ? (
            <span class="faint">never</span>
          ) : (
            <span>
              <Age at={lastUsedAt} /> ago
            </span>
          ),
      },
      {
        title: 'Expires',
        labelled: true,
        tight: true,
        cell: ({ expiresAt }) => (expiresAt === null ? <span class="faint">never</span> : <Timestamp at={expiresAt} />),
      },
      { title: 'Change', tight: true, cell: (key) => <KeyActions {...{ of: key, onRotate, onRevoke }} /> },
    ]}
  />
);

interface KeyActionsProps extends Pick<KeyTableProps, 'onRotate' | 'onRevoke'> {
  readonly of: Key;
}

/** Only actions that the role allows, and only while the key is valid. */
function KeyActions({ of: key, onRotate, onRevoke }: KeyActionsProps) {
  if (key.revokedAt !== null || getKeyState(key, now.value) === 'expired') return <span class="faint">–</span>;
  if (!getGrantableRoles(me.value?.role ?? 'program').some(({ role }) => role === key.role))
    return <span class="faint">for operators</span>;
  const name = key.label ?? key.keyId;
  return (
    <span class="row key-actions">
      {key.kind === 'key' && key.rotatedTo === null && (
        <button type="button" class="button small" onClick={() => onRotate(key)}>
          Rotate<span class="unseen"> {name}</span>
        </button>
      )}
      <button type="button" class="button small danger" onClick={() => onRevoke(key)}>
        Revoke<span class="unseen"> {name}</span>
      </button>
    </span>
  );
}
