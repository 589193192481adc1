/** This device's notifications and quiet hours. */
import type { Need } from '@fleetbeat/client';
import { useState } from 'preact/hooks';
import { me } from '../../auth.ts';
import { Checkbox, TextField } from '../../components/field.tsx';
import { canPush, notificationPermission, showNotification } from '../../notify/notifications.ts';
import { preferences, updatePreferences } from '../../notify/preferences.ts';
import { PushSettings } from './push-settings.tsx';

const NEED_LABELS: Record<Need, [label: string, hint: string]> = {
  blocked: ['Blocked', 'An agent waits for an answer.'],
  handoff: ['Handoff required', 'A session asks for a successor.'],
  stuck: ['Stuck', 'A session is alive but does not move on.'],
  stale: ['Stale', 'Nothing was heard of a session for a while.'],
};

export function NotificationSettings() {
  const [allowed, setAllowed] = useState(notificationPermission());
  const { on, needs, quiet, from, to } = preferences.value;
  const setEnabled = async (wanted: boolean) => {
    if (wanted && allowed === 'default') {
      const answer = await Notification.requestPermission();
      setAllowed(answer);
      updatePreferences({ on: answer === 'granted' });
    } else updatePreferences({ on: wanted });
  };
  const active = on && allowed === 'granted';
  return (
    <section class="card" aria-labelledby="notifications-title">
      <h2 id="notifications-title">Notifications on this device</h2>
      <p class="soft">
        They come while Fleetbeat is open on this device, in any window or tab, also in the background. With push they
        also come when it is closed.
      </p>
      {allowed === 'unsupported' ? (
        <p class="told">
          This browser offers none here. They need HTTPS, or the address localhost; on an iPhone or iPad also that the
          dashboard is on the home screen.
        </p>
      ) : (
        <Checkbox
          label="Notify me when a session needs attention"
          checked={active}
          disabled={allowed === 'denied'}
          onChange={(wanted) => void setEnabled(wanted)}
        />
      )}
      {allowed === 'denied' && (
        <p class="told">Notifications of this site are blocked. Allow them in the browser's settings of this site.</p>
      )}
      {active && (
        <>
          <fieldset class="wanted">
            <legend>Of what</legend>
            {(Object.keys(NEED_LABELS) as Need[]).map((need) => (
              <Checkbox
                key={need}
                label={NEED_LABELS[need][0]}
                hint={NEED_LABELS[need][1]}
                checked={needs[need]}
                onChange={(wanted) => updatePreferences({ needs: { ...needs, [need]: wanted } })}
              />
            ))}
          </fieldset>
          <fieldset class="wanted">
            <legend>Quiet hours</legend>
            <Checkbox
              label="None during these hours"
              checked={quiet}
              onChange={(wanted) => updatePreferences({ quiet: wanted })}
            />
            <div class="form-row hours">
              <TextField
                label="From"
                type="time"
                value={from}
                disabled={!quiet}
                onInput={(event) => updatePreferences({ from: event.currentTarget.value })}
              />
              <TextField
                label="To"
                type="time"
                value={to}
                disabled={!quiet}
                onInput={(event) => updatePreferences({ to: event.currentTarget.value })}
              />
            </div>
          </fieldset>
          {canPush() && me.value?.role !== 'program' && <PushSettings />}
          <button type="button" class="button" onClick={() => void showNotification(TEST_NOTIFICATION)}>
            Send a test notification
          </button>
        </>
      )}
    </section>
  );
}

const TEST_NOTIFICATION = {
  title: 'Fleetbeat',
  body: 'This is how a notification looks.',
  tag: 'test',
  path: '/settings',
};
