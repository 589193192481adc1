/** Settings of this device, and signing out. */

import { me, signOut, signOutEverywhere } from '../../auth.ts';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { PageLayout } from '../../shell/page.tsx';
import { setTheme, THEMES, theme } from '../../shell/theme.ts';
import { NotificationSettings } from './notifications.tsx';
import { WebSessions } from './web-sessions.tsx';
import './settings.css';

const THEME_LABELS = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

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
  const signOutMutation = useMutation(signOut);
  const signOutEverywhereMutation = useMutation(signOutEverywhere);
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
        <button type="button" class="button" disabled={signOutMutation.busy} onClick={() => void signOutMutation.run()}>
          Sign out
        </button>
        <button
          type="button"
          class="button danger"
          disabled={signOutEverywhereMutation.busy}
          onClick={() => void signOutEverywhereMutation.run()}
        >
          Sign out everywhere
        </button>
      </div>
      <p class="hint">Everywhere: every browser that this key has signed in. Agents that use the key keep working.</p>
      {signOutMutation.error != null && <Problem error={signOutMutation.error} />}
      {signOutEverywhereMutation.error != null && <Problem error={signOutEverywhereMutation.error} />}
    </section>
  );
}
