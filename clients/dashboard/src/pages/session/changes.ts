/** The changes of a session, continued by events. Pure. */
import type { components, FleetEvent } from '@fleetbeat/client';

export type Change = components['schemas']['SessionChange'];

const CHANGE_KINDS: Readonly<Record<string, Change['kind']>> = {
  'session.created': 'created',
  'session.updated': 'updated',
  'session.archived': 'archived',
  'session.succeeded': 'succeeded',
};

/** The changes with a new one from an event in front; the same list if the event brings nothing new. */
export function prependEvent(changes: readonly Change[], event: FleetEvent): readonly Change[] {
  const kind = CHANGE_KINDS[event.type];
  const [newest] = changes;
  if (kind === undefined || !('state' in event.data)) return changes;
  if (newest && Date.parse(event.at) <= Date.parse(newest.at)) return changes;
  const { state, status, progress, contextBytes, contextLimitBytes, handoffRequired } = event.data;
  const { idle = false, contextUsedPercent = null } = event.data;
  return [
    {
      number: (newest?.number ?? 0) + 1,
      at: event.at,
      kind,
      state,
      status,
      idle,
      progress,
      contextUsedPercent,
      contextBytes,
      contextLimitBytes,
      handoffRequired,
    },
    ...changes,
  ];
}

/** Labels for what changed, apart from the status. `before` is null for the first change. */
export function describeChange(change: Change, before: Change | null): string[] {
  if (change.kind === 'created' || !before) return [change.kind === 'created' ? 'Started' : 'Changed'];
  return [
    ...(change.kind === 'archived' ? ['Archived'] : []),
    ...(change.kind === 'succeeded' ? ['Succeeded by another session'] : []),
    ...(change.state !== before.state ? [`Now ${change.state}`] : []),
    ...(change.idle !== before.idle ? [change.idle ? 'Idle' : 'No longer idle'] : []),
    ...(change.handoffRequired && !before.handoffRequired ? ['Asked for a handoff'] : []),
    ...(change.progress !== before.progress && change.progress !== null
      ? [`Progress ${Math.round(change.progress)} %`]
      : []),
  ];
}
