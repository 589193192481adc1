import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

interface EmptyStateProps {
  readonly title: string;
  readonly icon?: IconName;
  /** What to do next. */
  readonly children?: ComponentChildren;
}

/** Shown in place of an empty list: says why it is empty, and what to do next. */
export const EmptyState = ({ title, icon = 'pulse', children }: EmptyStateProps) => (
  <div class="empty">
    <Icon name={icon} size={28} />
    <p class="empty-title">{title}</p>
    {children && <div class="empty-body">{children}</div>}
  </div>
);
