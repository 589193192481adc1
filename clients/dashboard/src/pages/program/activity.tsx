/** What the program did in the last day, week or month, and how long its questions waited. */
import { formatDuration, measureActivities } from '@fleetbeat/client';
import { fleetbeat } from '../../auth.ts';
import { ActivityStrip } from '../../components/activity-strip.tsx';
import { Timestamp } from '../../components/age.tsx';
import { Fact } from '../../components/fact.tsx';
import { Problem } from '../../components/problem.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import { useSearchParam } from '../../shell/use-search-param.ts';

const RANGES = [
  { range: '24h', title: '24 hours' },
  { range: '7d', title: '7 days' },
  { range: '30d', title: '30 days' },
] as const;

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export function Activity({ programId }: { readonly programId: string }) {
  const [text, setText] = useSearchParam('range', '24h');
  const { range, title } = RANGES.find((each) => each.range === text) ?? RANGES[0];
  const history = useServerQuery(() => fleetbeat().fleet.history({ programId, range }), [programId, range], {
    reloadOnEvent: (event) => event.type.startsWith('question.') && event.programId === programId,
  });
  const program = history.value?.programs[0];
  const minutes = history.value?.periodMinutes ?? 0;
  return (
    <section class="card activity" aria-labelledby="activity-title">
      <div class="row section-head">
        <h2 id="activity-title">Activity</h2>
        <fieldset class="shows">
          <legend class="unseen">Time range</legend>
          {RANGES.map((each) => (
            <button
              key={each.range}
              type="button"
              class="show"
              aria-pressed={each.range === range}
              onClick={() => setText(each.range)}
            >
              {each.title}
            </button>
          ))}
        </fieldset>
      </div>
      {history.error != null && <Problem error={history.error} retry={history.reload} />}
      <div class="activity-chart">
        {program && <ActivityStrip periods={program.periods} periodMinutes={minutes} span={`Last ${title}`} />}
      </div>
      <p class="activity-axis faint">
        <span>{history.value && <Timestamp at={history.value.from} />}</span>
        <span>now</span>
      </p>
      {program && (
        <dl class="facts">
          {measureActivities(program.periods, minutes).map(({ word, ms }) => (
            <Fact key={word} name={capitalize(word)}>
              <span class="activity-key" data-activity={word} aria-hidden="true" />
              {minutes > 15 && 'about '}
              {formatDuration(ms)}
            </Fact>
          ))}
          <Fact name="Questions asked">{program.questionsAsked}</Fact>
          <Fact name="Median time to answer">
            {program.medianAnswerSeconds === null ? '–' : formatDuration(program.medianAnswerSeconds * 1000)}
          </Fact>
        </dl>
      )}
    </section>
  );
}
