/** What is set on this device, and the ways out. */
import { useAct } from '../../live/act.ts';
import { Problem } from '../../parts/problem.tsx';
import { me, signOut, signOutEverywhere } from '../../session.ts';
import { Page } from '../../shell/page.tsx';
import { chooseTheme, THEMES, theme } from '../../shell/theme.ts';
import { NotificationSettings } from './notifications.tsx';
import './settings.css';

const NAMES = { system: 'As the system', light: 'Light', dark: 'Dark' } as const;

export const Settings = () => (
  <Page title="Settings">
    <div class="stack settings">
      <section class="card" aria-labelledby="theme-title">
        <h2 id="theme-title">Theme</h2>
        <fieldset class="choices">
          <legend class="unseen">Theme</legend>
          {THEMES.map((each) => (
            <label key={each} class="choice">
              <input type="radio" name="theme" checked={theme.value === each} onChange={() => chooseTheme(each)} />
              {NAMES[each]}
            </label>
          ))}
        </fieldset>
      </section>
      <NotificationSettings />
      <SignedIn />
    </div>
  </Page>
);

function SignedIn() {
  const out = useAct(signOut);
  const everywhere = useAct(signOutEverywhere);
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
        <button type="button" class="button" disabled={out.busy} onClick={() => void out.run()}>
          Sign out
        </button>
        <button type="button" class="button danger" disabled={everywhere.busy} onClick={() => void everywhere.run()}>
          Sign out everywhere
        </button>
      </div>
      <p class="hint">Everywhere: every browser that this key has signed in. Agents that use the key keep working.</p>
      {out.error != null && <Problem error={out.error} />}
      {everywhere.error != null && <Problem error={everywhere.error} />}
    </section>
  );
}
