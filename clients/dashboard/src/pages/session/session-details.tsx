/** The details of a session. */
import { type components, formatDuration, getNeeds, isLive } from '@fleetbeat/client';
import { Age, Timestamp } from '../../components/age.tsx';
import { NeedBadge, StateBadge } from '../../components/badge.tsx';
import { Fact } from '../../components/fact.tsx';
import { ContextGauge, Progress } from '../../components/meter.tsx';
import { now } from '../../live/clock.ts';
import { contextPercent } from '../../live/session-snapshot.ts';
import { sessionPath } from '../../routes.ts';
import { formatBytes } from './format-bytes.ts';

type Session = components['schemas']['Session'];

export function SessionBadges({ session }: { readonly session: Session }) {
  const needs = getNeeds(session);
  const state = session.archived ? 'archived' : session.idle ? 'idle' : session.state;
  return (
    <p class="row">
      {(state !== 'blocked' || needs.length === 0) && <StateBadge state={state} />}
      {needs.map((need) => (
        <NeedBadge key={need} need={need} />
      ))}
    </p>
  );
}

export const SessionDetails = ({ session }: { readonly session: Session }) => (
  <dl class="facts">
    <Fact name="Heartbeat">
      <Age at={session.lastHeartbeat} /> ago
    </Fact>
    <Fact name="Last progress">
      <Age at={session.lastProgressAt} /> ago
    </Fact>
    <Fact name="Progress">
      <Progress percent={session.progress} />
    </Fact>
    <Fact name="Context">
      <ContextGauge percent={contextPercent(session)} />
      <span class="faint">
        {session.contextBytes === null ? 'Not reported' : formatBytes(session.contextBytes)}
        {session.contextLimitBytes !== null && ` of ${formatBytes(session.contextLimitBytes)}`}
        {isLive(session) && session.contextFullAt !== null && <TimeUntilFull at={session.contextFullAt} />}
      </span>
    </Fact>
    <Fact name="Started">
      <Timestamp at={session.createdAt} />
    </Fact>
    {session.completedAt !== null && (
      <Fact name="Completed">
        <Timestamp at={session.completedAt} />
        {session.completeReason !== null && <span class="faint"> {REASON_LABELS[session.completeReason]}</span>}
      </Fact>
    )}
    {session.archivedAt !== null && (
      <Fact name="Archived">
        <Timestamp at={session.archivedAt} />
        {session.archiveReason !== null && <span class="faint"> {REASON_LABELS[session.archiveReason]}</span>}
      </Fact>
    )}
    {session.successor !== null && (
      <Fact name="Successor">
        <a href={sessionPath(session.successor)}>{session.successor}</a>
      </Fact>
    )}
    {session.projectName !== null && <Fact name="Project">{session.projectName}</Fact>}
    <Fact name="Session">
      <code>{session.sessionId}</code>
    </Fact>
  </dl>
);

const REASON_LABELS = {
  'handed-off': 'it handed over',
  killed: 'its process died',
  succeeded: 'it was succeeded',
  silent: 'it was silent',
  idle: 'it was idle',
  complete: 'it was complete',
} as const;

/** When the window will be full at the current pace. */
function TimeUntilFull({ at }: { readonly at: string }) {
  const left = Date.parse(at) - now.value;
  return left > 0 ? <>, full in about {formatDuration(left)}</> : <>, full about now</>;
}
