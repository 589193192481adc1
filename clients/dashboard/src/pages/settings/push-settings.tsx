/** Notifications that come while the dashboard is closed. */
import { useEffect } from 'preact/hooks';
import { Checkbox } from '../../components/field.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { type PushPreferences, preferences, updatePreferences } from '../../notify/preferences.ts';
import { savePush, stopPush } from '../../notify/push.ts';

/** Time pickers change with each key. */
const SAVE_AFTER_MS = 400;

export function PushSettings() {
  const { push, needs, quiet, from, to } = preferences.value;
  const isOn = push.subscriptionId !== null;
  const save = useMutation(savePush);
  const stop = useMutation(stopPush);
  const update = (change: Partial<PushPreferences>) => updatePreferences({ push: { ...push, ...change } });
  const choices = JSON.stringify([needs, quiet, from, to, push.showDetails, push.completed]);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => void save.run(), SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [choices]);
  return (
    <fieldset class="wanted">
      <legend>Push</legend>
      <Checkbox
        label="Also when Fleetbeat is closed"
        hint="Through the push service of this browser, encrypted so that only this device can read it. Ends when you sign out."
        checked={isOn}
        disabled={save.busy || stop.busy}
        onChange={(wanted) => void (wanted ? save.run() : stop.run())}
      />
      {isOn && (
        <>
          <Checkbox
            label="Show what is asked, and answer there"
            hint="The question, its command and the status of sessions appear on the lock screen. What is short enough to be read whole gets buttons."
            checked={push.showDetails}
            onChange={(showDetails) => update({ showDetails })}
          />
          <Checkbox
            label="Done"
            hint="A session is complete."
            checked={push.completed}
            onChange={(completed) => update({ completed })}
          />
        </>
      )}
      {save.error instanceof DOMException ? (
        <p class="fault" role="alert">
          This browser refused to subscribe: {save.error.message}
        </p>
      ) : (
        save.error != null && <Problem error={save.error} />
      )}
    </fieldset>
  );
}
