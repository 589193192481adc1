/** Settings of this device, and signing out. */

import { useState } from 'preact/hooks';
import { isAdmin, me, signOutEverywhere } from '../../auth.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { PageLayout } from '../../shell/page.tsx';
import { SignOutDialog } from '../../shell/sign-out-dialog.tsx';
import { setTheme, THEMES, theme } from '../../shell/theme.ts';
import { InviteDevice } from './invite-device.tsx';
import { NotificationSettings } from './notifications.tsx';
import { WebSessions } from './web-sessions.tsx';
import './settings.css';

const THEME_LABELS = { system: 'System', light: 'Light', dark: 'Dark' } as const;

export const Settings = () => (
  <PageLayout title="Settings">
    <div class="stack settings">
      <section class="card" aria-labelledby="theme-title">
        <h2 id="theme-title">Theme</h2>
        <fieldset class="choices">
          <legend class="unseen">Theme</legend>
          {THEMES.map((each) => (
            <label key={each} class="choice">
              <input type="radio" name="theme" checked={theme.value === each} onChange={() => setTheme(each)} />
              {THEME_LABELS[each]}
            </label>
          ))}
        </fieldset>
      </section>
      <NotificationSettings />
      <AccountSection />
      <WebSessions />
    </div>
  </PageLayout>
);

function AccountSection() {
  const [dialog, setDialog] = useState<'invite' | 'signOut' | 'signOutEverywhere' | null>(null);
  const close = () => setDialog(null);
  if (!me.value) return null;
  const { role, accountName, label, programId, keyId } = me.value;
  return (
    <section class="card" aria-labelledby="signed-in-title">
      <h2 id="signed-in-title">Signed in</h2>
      <p>
        As {role} of the account {accountName}, by the key <code>{keyId}</code>
        {label !== null && ` (${label})`}
        {programId !== null && `, for the program ${programId}`}.
      </p>
      <div class="form-actions">
        {isAdmin() && (
          <button type="button" class="button primary" onClick={() => setDialog('invite')}>
            Sign in another device
          </button>
        )}
        <button type="button" class="button" onClick={() => setDialog('signOut')}>
          Sign out
        </button>
        <button type="button" class="button danger" onClick={() => setDialog('signOutEverywhere')}>
          Sign out everywhere
        </button>
      </div>
      <p class="hint">
        Everywhere: every browser that this key has signed in or invited. Agents that use the key keep working.
      </p>
      {dialog === 'invite' && <InviteDevice onClose={close} />}
      {dialog === 'signOut' && <SignOutDialog onClose={close} />}
      {dialog === 'signOutEverywhere' && (
        <ConfirmDialog
          title="Sign out everywhere?"
          confirmLabel="Sign out everywhere"
          danger
          action={signOutEverywhere}
          onClose={close}
        >
          <p>Every browser that this key has signed in or invited needs a key, or a new invitation, to come back.</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
