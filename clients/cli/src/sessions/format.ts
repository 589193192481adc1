import { type components, formatDuration } from '@fleetbeat/client';
import { formatAge } from '../ages.ts';
import type { Call } from '../call.ts';
import { formatInstant, formatKeyValues } from '../key-values.ts';
import { describeState, type Session } from '../session-state.ts';
import { percent } from './columns.ts';

/** A session, all of it. */
export function formatSession(session: Session, call: Pick<Call, 'now' | 'paint'>): string {
  const now = call.now();
  const ago = (instant: string | null) => formatInstant(instant, now, (at) => `${formatAge(at, now)} ago`);
  const state = describeState(session);
  return formatKeyValues(
    [
      ['Session', session.sessionId],
      ['Name', session.name],
      ['Program', session.programId],
      ['Project', session.projectName],
      ['State', state === session.state ? state : `${session.state}, ${state}`],
      ['Status', session.status],
      ['Progress', percent(session.progress)],
      ['Context', formatContext(session)],
      ['Context full', session.contextFullAt === null ? null : formatContextFull(session.contextFullAt, now)],
      ['Handoff', session.handoffRequired ? 'required' : session.handoffAdvised ? 'advised' : null],
      ['Successor', session.successor],
      ['Heartbeat', ago(session.lastHeartbeat)],
      ['Progressed', ago(session.lastProgressAt)],
      ['Created', ago(session.createdAt)],
      ['Completed', session.completedAt && `${ago(session.completedAt)} ${session.completeReason ?? ''}`],
      ['Archived', session.archivedAt && `${ago(session.archivedAt)} ${session.archiveReason ?? ''}`],
    ],
    call.paint,
  );
}

const formatContextFull = (instant: string, now: number): string => {
  const left = Date.parse(instant) - now;
  return left <= 0 ? 'by now' : `in ${formatDuration(left)} at this pace`;
};

function formatContext({ contextBytes, contextLimitBytes, contextUsedPercent }: Session): string | null {
  if (contextBytes === null) return contextUsedPercent === undefined ? null : percent(contextUsedPercent);
  const bytes = contextBytes.toLocaleString('en');
  return contextLimitBytes === null
    ? [contextUsedPercent === undefined ? '' : percent(contextUsedPercent), `${bytes} bytes`].filter(Boolean).join(', ')
    : `${percent(contextUsedPercent ?? null)} (${bytes} of ${contextLimitBytes.toLocaleString('en')} bytes)`;
}

/** A session after a write, and what the program should know. */
export function formatReport(
  report: components['schemas']['SessionReport'],
  call: Pick<Call, 'now' | 'paint'>,
): string {
  const pendingText = formatKeyValues(
    [
      ['Tasks', report.pendingTasks ? `${report.pendingTasks} wait: fleetbeat tasks list` : null],
      ['Messages', report.pendingMessages ? `${report.pendingMessages} unread: fleetbeat inbox` : null],
      ['Paused', report.programPaused ? 'a person asked the program to pause' : null],
      ['Next beat', `within ${report.nextHeartbeatInSeconds} seconds`],
    ],
    call.paint,
  );
  return `${formatSession(report, call)}\n\n${pendingText}`;
}
