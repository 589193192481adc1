/** A program's learned patterns. */
import { EmptyState } from '../../components/empty-state.tsx';
import { Select, TextField } from '../../components/field.tsx';
import { Filters } from '../../components/filters.tsx';
import { useSearchParam } from '../../shell/use-search-param.ts';
import type { Memory } from './memory.tsx';
import { PatternCard } from './pattern-card.tsx';
import { filterPatterns, type PatternStatusFilter } from './pattern-filter.ts';

interface PatternsProps {
  readonly state: Memory;
  readonly onChanged: () => void;
}

const STATUS_CHOICES: readonly { readonly value: PatternStatusFilter; readonly label: string }[] = [
  { value: 'active', label: 'That hold' },
  { value: 'fresh', label: 'That hold and are fresh' },
  { value: 'stale', label: 'Stale' },
  { value: 'promoted', label: 'Promoted' },
  { value: 'superseded', label: 'Superseded' },
  { value: 'refuted', label: 'Refuted' },
  { value: 'all', label: 'All' },
];

export function Patterns({ state, onChanged: changed }: PatternsProps) {
  const { programId, learnedPatterns } = state;
  const [text, setText] = useSearchParam('q');
  const [statusText, setStatus] = useSearchParam('status', 'active');
  const status = STATUS_CHOICES.find(({ value }) => value === statusText)?.value ?? 'active';
  const shown = filterPatterns(learnedPatterns, { text, status });
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
          placeholder="Search patterns"
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <Select
          label="Status"
          choices={STATUS_CHOICES}
          value={status}
          onChange={(event) => setStatus(event.currentTarget.value)}
        />
      </Filters>
      <p class="unseen" role="status">
        {shown.length} {shown.length === 1 ? 'pattern' : 'patterns'}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={learnedPatterns.length === 0 ? 'Nothing learned yet' : 'No pattern matches'}>
          {learnedPatterns.length === 0 ? (
            <p>An agent notes what it finds out about its work, with how sure it is. It is told again at each boot.</p>
          ) : (
            <a class="button" href={`/programs/${encodeURIComponent(programId)}?view=patterns&status=all`}>
              Show all patterns
            </a>
          )}
        </EmptyState>
      ) : (
        <ul class="patterns">
          {shown.map((pattern) => (
            <li key={pattern.id}>
              <PatternCard programId={programId} pattern={pattern} others={learnedPatterns} onChanged={changed} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
