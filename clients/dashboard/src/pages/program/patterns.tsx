/** What a program has learned: how sure it is, whether that still holds. */
import { Empty } from '../../parts/empty.tsx';
import { Select, TextField } from '../../parts/field.tsx';
import { Filters } from '../../parts/filters.tsx';
import { useQuery } from '../../shell/query.ts';
import type { Memory } from './memory.tsx';
import { PatternCard } from './pattern-card.tsx';
import { patternsOf, type Status } from './pattern-filter.ts';

interface PatternsProps {
  readonly state: Memory;
  readonly changed: () => void;
}

const STATUSES: readonly { readonly value: Status; readonly label: string }[] = [
  { value: 'active', label: 'That hold' },
  { value: 'fresh', label: 'That hold and are fresh' },
  { value: 'stale', label: 'Stale' },
  { value: 'promoted', label: 'Promoted' },
  { value: 'superseded', label: 'Superseded' },
  { value: 'refuted', label: 'Refuted' },
  { value: 'all', label: 'All' },
];

export function Patterns({ state, changed }: PatternsProps) {
  const { programId, learnedPatterns } = state;
  const [text, setText] = useQuery('q');
  const [statusText, setStatus] = useQuery('status', 'active');
  const status = STATUSES.find(({ value }) => value === statusText)?.value ?? 'active';
  const shown = patternsOf(learnedPatterns, { text, status });
  return (
    <section aria-labelledby="patterns-title">
      <h2 id="patterns-title" class="unseen">
        Learned patterns
      </h2>
      <Filters label="Which patterns">
        <TextField
          label="Search"
          type="search"
          value={text}
          placeholder="Words of the pattern, its domain, its evidence"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Select
          label="Status"
          choices={STATUSES}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        />
      </Filters>
      <p class="unseen" role="status">
        {shown.length} {shown.length === 1 ? 'pattern' : 'patterns'}
      </p>
      {shown.length === 0 ? (
        <Empty icon="search" title={learnedPatterns.length === 0 ? 'Nothing learned yet' : 'No pattern matches'}>
          {learnedPatterns.length === 0 ? (
            <p>An agent notes what it finds out about its work, with how sure it is. It is told again at each boot.</p>
          ) : (
            <a class="button" href={`/programs/${encodeURIComponent(programId)}?view=patterns&status=all`}>
              Show all patterns
            </a>
          )}
        </Empty>
      ) : (
        <ul class="patterns">
          {shown.map((pattern) => (
            <li key={pattern.id}>
              <PatternCard programId={programId} pattern={pattern} others={learnedPatterns} changed={changed} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
