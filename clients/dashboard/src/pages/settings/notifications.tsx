/** What this device is told, and when it is left alone. */
import { useState } from 'preact/hooks';
import type { Need } from '../../live/needs.ts';
import { choices, choose } from '../../notify/choices.ts';
import { permission, show } from '../../notify/watch.ts';
import { Checkbox, TextField } from '../../parts/field.tsx';

const NEEDS: Record<Need, [label: string, hint: string]> = {
  blocked: ['Blocked', 'An agent waits for an answer.'],
  handoff: ['Handoff required', 'A session asks for a successor.'],
  stuck: ['Stuck', 'A session is alive but does not move on.'],
  stale: ['Stale', 'Nothing was heard of a session for a while.'],
};

export function NotificationSettings() {
  const [allowed, setAllowed] = useState(permission());
  const { on, needs, quiet, from, to } = choices.value;
  const turn = async (wanted: boolean) => {
    if (wanted && allowed === 'default') {
      const answer = await Notification.requestPermission();
      setAllowed(answer);
      choose({ on: answer === 'granted' });
    } else choose({ on: wanted });
  };
  const works = on && allowed === 'granted';
  return (
    <section class="card" aria-labelledby="notifications-title">
      <h2 id="notifications-title">Notifications on this device</h2>
      <p class="soft">
        They come while Fleetbeat is open on this device, in any window or tab, also in the background. When it is
        closed, or the phone has put it to sleep, none come: no push server is involved. Webhooks reach you then.
      </p>
      {allowed === 'unsupported' ? (
        <p class="told">
          This browser offers none here. They need HTTPS, or the address localhost; on an iPhone or iPad also that the
          dashboard is on the home screen.
        </p>
      ) : (
        <Checkbox
          label="Notify me when a session needs somebody"
          checked={works}
          disabled={allowed === 'denied'}
          onChange={(wanted) => void turn(wanted)}
        />
      )}
      {allowed === 'denied' && (
        <p class="told">Notifications of this site are blocked. Allow them in the browser's settings of this site.</p>
      )}
      {works && (
        <>
          <fieldset class="wanted">
            <legend>Of what</legend>
            {(Object.keys(NEEDS) as Need[]).map((need) => (
              <Checkbox
                key={need}
                label={NEEDS[need][0]}
                hint={NEEDS[need][1]}
                checked={needs[need]}
                onChange={(wanted) => choose({ needs: { ...needs, [need]: wanted } })}
              />
            ))}
          </fieldset>
          <fieldset class="wanted">
            <legend>Quiet hours</legend>
            <Checkbox
              label="None during these hours"
              checked={quiet}
              onChange={(wanted) => choose({ quiet: wanted })}
            />
            <div class="form-row hours">
              <TextField
                label="From"
                type="time"
                value={from}
                disabled={!quiet}
                onInput={(event) => choose({ from: event.currentTarget.value })}
              />
              <TextField
                label="To"
                type="time"
                value={to}
                disabled={!quiet}
                onInput={(event) => choose({ to: event.currentTarget.value })}
              />
            </div>
          </fieldset>
          <button type="button" class="button" onClick={() => void show(TEST)}>
            Send a test notification
          </button>
        </>
      )}
    </section>
  );
}

const TEST = { title: 'Fleetbeat', body: 'This is how a notification looks.', tag: 'test', path: '/settings' };
