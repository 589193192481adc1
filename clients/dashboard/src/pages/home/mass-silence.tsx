/** Warns that so many sessions fell silent together that the cause is probably the network. */

import { fleetbeat, isAdmin } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { Icon } from '../../components/icon.tsx';
import { Problem } from '../../components/problem.tsx';
import { massSilence } from '../../live/fleet-store.ts';
import { useMutation } from '../../live/use-mutation.ts';

export function MassSilenceNotice() {
  const { run, busy, error } = useMutation(async () => {
    await fleetbeat().fleet.endMassSilence();
    massSilence.value = null;
  });
  const silence = massSilence.value;
  if (!silence) return null;
  return (
    <section class="card notice" aria-labelledby="silence-title">
      <h2 id="silence-title">
        <Icon name="alert" /> {silence.sessions} sessions fell silent together
      </h2>
      <p>
        <Age at={silence.until} /> ago, within minutes of one another: rather a network or a machine than so many
        agents. None of them is archived for now. Look whether the machines that they run on are there.
      </p>
      {error != null && <Problem error={error} />}
      {isAdmin() && (
        <div class="form-actions">
          <button type="button" class="button" disabled={busy} onClick={() => void run()}>
            They are gone: archive them
          </button>
        </div>
      )}
    </section>
  );
}
