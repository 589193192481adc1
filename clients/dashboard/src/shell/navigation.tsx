/** The main navigation: a column on a desk, a bar at the bottom of a phone. */

import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { isAdmin } from '../auth.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { getInboxCount } from './attention-badge.ts';

interface NavItem {
  readonly href: string;
  readonly name: string;
  readonly icon: IconName;
  /** Only for users who manage the fleet. */
  readonly admin?: boolean;
}

const PRIMARY_ITEMS: readonly NavItem[] = [
  { href: '/', name: 'Fleet', icon: 'pulse' },
  { href: '/tasks', name: 'Tasks', icon: 'task' },
  { href: '/messages', name: 'Messages', icon: 'message' },
];
const SECONDARY_ITEMS: readonly NavItem[] = [
  { href: '/keys', name: 'Keys', icon: 'key', admin: true },
  { href: '/webhooks', name: 'Webhooks', icon: 'hook', admin: true },
  { href: '/audit', name: 'Audit', icon: 'audit', admin: true },
  { href: '/connect', name: 'Connect an agent', icon: 'plug' },
  { href: '/settings', name: 'Settings', icon: 'gear' },
];

export function Navigation() {
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  // Navigation closes the menu.
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    if (!open) return;
    const onKey = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false);
    const onPress = ({ target }: Event) => !(target as Element).closest('.navigation') && setOpen(false);
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onPress);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onPress);
    };
  }, [open]);
  const renderItem = ({ href, name, icon }: NavItem) => (
    <li key={href}>
      <a href={href} class="way" aria-current={isCurrent(path, href) ? 'page' : undefined}>
        <Icon name={icon} size={20} />
        <span>{name}</span>
        {href === '/' && <InboxCount />}
      </a>
    </li>
  );
  return (
    <nav class="navigation" aria-label="Main">
      <ul class="ways">{PRIMARY_ITEMS.map(renderItem)}</ul>
      <button
        type="button"
        class="way ways-toggle"
        aria-expanded={open}
        aria-controls="more-ways"
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'close' : 'menu'} size={20} />
        <span>More</span>
      </button>
      <ul class="ways ways-more" id="more-ways" data-open={open}>
        {SECONDARY_ITEMS.filter(({ admin }) => !admin || isAdmin()).map(renderItem)}
      </ul>
    </nav>
  );
}

/** Beside the name; the title of the page says it to those who do not see it. */
function InboxCount() {
  const count = getInboxCount();
  return count > 0 ? (
    <span class="way-count numeric" aria-hidden="true">
      {count > 99 ? '99+' : count}
    </span>
  ) : null;
}

/** Pages of programs and sessions mark the fleet as current. */
const isCurrent = (path: string, href: string): boolean =>
  href === '/' ? path === '/' || /^\/(programs|sessions)\//.test(path) : path === href || path.startsWith(`${href}/`);
