/** What finished, asked and died since the last visit of this browser. */
import { formatDuration } from '@fleetbeat/client';
import { fleetbeat } from '../../auth.ts';
import { Age } from '../../components/age.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import { now } from '../../live/clock.ts';
import { lastVisit, type Visit } from '../../live/last-visit.ts';
import { streamPosition } from '../../live/stream.ts';
import { useServerQuery } from '../../live/use-server-query.ts';
import { sessionPath } from '../../routes.ts';
import { type Absence, type Happening, readAbsence } from './read-absence.ts';
import './while-away.css';

/** More of them are only counted. */
const MAX_SHOWN = 10;

const GROUPS: readonly { of: 'finished' | 'asked' | 'died'; icon: IconName; words: string }[] = [
  { of: 'finished', icon: 'check', words: 'finished' },
  { of: 'asked', icon: 'question', words: 'asked' },
  { of: 'died', icon: 'off', words: 'fell silent for good' },
];

export function WhileAway({ visit }: { readonly visit: Visit }) {
  // Up to the present, as far as the stream has said where it stands; once, not with each event.
  const isKnown = streamPosition.value > 0;
  const absence = useServerQuery(
    async () => (isKnown ? readAbsence(fleetbeat(), visit, streamPosition.peek()) : undefined),
    [visit, isKnown],
  );
  const found = absence.value;
  if (!found || isEmpty(found)) return null;
  return (
    <section class="card away" aria-labelledby="away-title">
      <div class="row section-head">
        <h2 id="away-title">While you were away</h2>
        <span class="faint">{formatDuration(now.peek() - visit.at)}</span>
        <button type="button" class="button quiet icon-only" aria-label="Dismiss" onClick={dismiss}>
          <Icon name="close" />
        </button>
      </div>
      {GROUPS.map(({ of, icon, words }) => (
        <Group key={of} icon={icon} words={words} happenings={found[of]} />
      ))}
      {found.isPartial && <p class="faint">Events from the beginning of this time are no longer stored.</p>}
    </section>
  );
}

function dismiss(): void {
  lastVisit.value = null;
}

const isEmpty = ({ finished, asked, died }: Absence) => finished.length + asked.length + died.length === 0;

interface GroupProps {
  readonly icon: IconName;
  readonly words: string;
  readonly happenings: readonly Happening[];
}

function Group({ icon, words, happenings }: GroupProps) {
  if (happenings.length === 0) return null;
  const hidden = happenings.length - MAX_SHOWN;
  return (
    <details open={happenings.length <= 3}>
      <summary>
        <Icon name={icon} size={15} /> {happenings.length} {words}
      </summary>
      <ul class="away-list">
        {happenings.slice(0, MAX_SHOWN).map(({ key, programId, sessionId, text, at }) => (
          <li key={key}>
            <a href={sessionPath(sessionId)} dir="auto">
              {programId ?? sessionId}
            </a>
            <span class="away-text" dir="auto" title={text}>
              {text}
            </span>
            <Age at={at} />
          </li>
        ))}
        {hidden > 0 && <li class="faint">and {hidden} more</li>}
      </ul>
    </details>
  );
}
