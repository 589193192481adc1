/** The signed-in user, the theme, and signing out, which on a phone is in the settings alone. */

import { useState } from 'preact/hooks';
import { me } from '../auth.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { overlay } from './shortcuts.ts';
import { SignOutDialog } from './sign-out-dialog.tsx';
import { setTheme, THEMES, type Theme, theme } from './theme.ts';

const THEME_ICONS: Record<Theme, IconName> = { system: 'device', light: 'sun', dark: 'moon' };
const getNextTheme = (current: Theme): Theme => THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system';

export function Identity() {
  const [isAsking, setAsking] = useState(false);
  if (!me.value) return null;
  const { accountName, role, label, programId } = me.value;
  return (
    <div class="identity">
      <p>
        <span class="identity-name">{label ?? programId ?? accountName}</span>
        <span class="faint">
          {role} of {accountName}
        </span>
      </p>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label="Go to or do"
        aria-keyshortcuts="Control+K Meta+K"
        title="Go to or do (Ctrl K)"
        onClick={() => {
          overlay.value = 'palette';
        }}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        class="button quiet icon-only"
        aria-label={`Theme: ${theme.value}. Change to ${getNextTheme(theme.value)}`}
        title={`Theme: ${theme.value}`}
        onClick={() => setTheme(getNextTheme(theme.value))}
      >
        <Icon name={THEME_ICONS[theme.value]} />
      </button>
      <button
        type="button"
        class="button quiet icon-only sign-out"
        aria-label="Sign out"
        title="Sign out"
        onClick={() => setAsking(true)}
      >
        <Icon name="leave" />
      </button>
      {isAsking && <SignOutDialog onClose={() => setAsking(false)} />}
    </div>
  );
}
