import type { components } from '@fleetbeat/client';
import { ageText, lengthText } from '../ages.ts';
import type { Call } from '../call.ts';
import { factLines, whenText } from '../facts.ts';
import { needOf, type Session } from '../need.ts';
import { percent } from './columns.ts';

/** A session, all of it. */
export function sessionFacts(session: Session, call: Pick<Call, 'now' | 'paint'>): string {
  const now = call.now();
  const ago = (instant: string | null) => whenText(instant, now, (at) => `${ageText(at, now)} ago`);
  const need = needOf(session);
  return factLines(
    [
      ['Session', session.sessionId],
      ['Name', session.name],
      ['Program', session.programId],
      ['Project', session.projectName],
      ['State', need === session.state ? need : `${session.state}, ${need}`],
      ['Status', session.status],
      ['Progress', percent(session.progress)],
      ['Context', contextText(session)],
      ['Context full', session.contextFullAt === null ? null : fullText(session.contextFullAt, now)],
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

const fullText = (instant: string, now: number): string => {
  const left = Date.parse(instant) - now;
  return left <= 0 ? 'by now' : `in ${lengthText(left)} at this pace`;
};

function contextText({ contextBytes, contextLimitBytes, contextUsedPercent }: Session): string | null {
  if (contextBytes === null) return null;
  const bytes = contextBytes.toLocaleString('en');
  return contextLimitBytes === null
    ? `${bytes} bytes`
    : `${percent(contextUsedPercent ?? null)} (${bytes} of ${contextLimitBytes.toLocaleString('en')} bytes)`;
}

/** A session after a write, and what the program should know. */
export function reportFacts(report: components['schemas']['SessionReport'], call: Pick<Call, 'now' | 'paint'>): string {
  const news = factLines(
    [
      ['Tasks', report.pendingTasks ? `${report.pendingTasks} wait: fleetbeat tasks list` : null],
      ['Messages', report.pendingMessages ? `${report.pendingMessages} unread: fleetbeat inbox` : null],
      ['Paused', report.programPaused ? 'a person asked the program to pause' : null],
      ['Next beat', `within ${report.nextHeartbeatInSeconds} seconds`],
    ],
    call.paint,
  );
  return `${sessionFacts(report, call)}\n\n${news}`;
}
