import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  readonly title: string;
  readonly icon?: IconName;
  /** What to do about it. */
  readonly children?: ComponentChildren;
}

/** What stands where nothing is: says why, and what to do next. */
export const EmptyState = ({ title, icon = 'pulse', children }: EmptyStateProps) => (
  <div class="empty">
    <Icon name={icon} size={28} />
    <p class="empty-title">{title}</p>
    {children && <div class="empty-body">{children}</div>}
  </div>
);
