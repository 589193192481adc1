/** A state in one word, with an icon and a colour. */
import type { Need } from '@fleetbeat/client';
import type { ProgramRow } from '../live/program-row.ts';
import { Icon, type IconName } from './icon.tsx';

type Tone = 'good' | 'warn' | 'bad' | 'info' | 'quiet';

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: string;
}

export const Badge = ({ tone = 'quiet', icon, children }: BadgeProps) => (
  <span class="badge" data-tone={tone}>
    {icon && <Icon name={icon} size={14} />}
    {children}
  </span>
);

const NEED_BADGES: Record<Need, [Tone, IconName, string]> = {
  blocked: ['bad', 'question', 'Blocked'],
  handoff: ['info', 'handoff', 'Handoff required'],
  stuck: ['warn', 'alert', 'Stuck'],
  stale: ['warn', 'clock', 'Stale'],
};

export function NeedBadge({ need }: { readonly need: Need }) {
  const [tone, icon, text] = NEED_BADGES[need];
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}

const STATE_BADGES = {
  working: ['good', 'pulse', 'Working'],
  blocked: NEED_BADGES.blocked,
  pinned: ['good', 'pin', 'Pinned'],
  idle: ['quiet', 'clock', 'Idle'],
  complete: ['quiet', 'check', 'Done'],
  offline: ['quiet', 'off', 'Offline'],
  archived: ['quiet', 'audit', 'Archived'],
  paused: ['warn', 'clock', 'Asked to pause'],
} as const satisfies Record<string, readonly [Tone, IconName, string]>;

export type BadgeState = keyof typeof STATE_BADGES;

export function StateBadge({ state }: { readonly state: BadgeState }) {
  const [tone, icon, text] = STATE_BADGES[state];
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}

/** What a row says: everything that the session needs, else the row's state. */
export const RowBadges = ({ row: { needs, rowState, paused } }: { readonly row: ProgramRow }) => (
  <>
    {needs.slice(0, 2).map((need) => (
      <NeedBadge key={need} need={need} />
    ))}
    {needs.length === 0 && <StateBadge state={rowState === 'done' ? 'complete' : (rowState as BadgeState)} />}
    {needs.length > 0 && paused && <StateBadge state="paused" />}
  </>
);
