import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface EmptyProps {
  readonly title: string;
  readonly icon?: IconName;
  /** What to do about it. */
  readonly children?: ComponentChildren;
}

/** What stands where nothing is: says why, and what to do next. */
export const Empty = ({ title, icon = 'pulse', children }: EmptyProps) => (
  <div class="empty">
    <Icon name={icon} size={28} />
    <p class="empty-title">{title}</p>
    {children && <div class="empty-body">{children}</div>}
  </div>
);
