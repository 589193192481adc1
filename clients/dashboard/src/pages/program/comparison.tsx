/** Compares two selected versions. */

import { fleetbeat } from '../../auth.ts';
import { Select } from '../../components/field.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { useServerQuery } from '../../live/use-server-query.ts';
import { Difference } from './difference.tsx';
import type { Version } from './version-labels.ts';

interface ComparisonProps {
  readonly programId: string;
  readonly versions: readonly Version[];
  readonly from: number;
  readonly to: number;
  readonly onChange: (from: number, to: number) => void;
}

export function Comparison({ programId, versions, from, to, onChange: choose }: ComparisonProps) {
  const difference = useServerQuery(() => fleetbeat().state.diff(programId, from, to), [programId, from, to]);
  const choices = [...new Set([...versions.map(({ version }) => version), from, to])]
    .sort((a, b) => b - a)
    .map((version) => ({ value: String(version), label: `Version ${version}` }));
  return (
    <section class="card stack" id="comparison" aria-labelledby="comparison-title">
      <h2 id="comparison-title">What changed</h2>
      <div class="form-row comparison-choice">
        <Select
          label="From"
          choices={choices}
          value={String(from)}
          onChange={(event) => choose(Number(event.currentTarget.value), to)}
        />
        <Select
          label="To"
          choices={choices}
          value={String(to)}
          onChange={(event) => choose(from, Number(event.currentTarget.value))}
        />
      </div>
      {difference.error != null && <Problem error={difference.error} retry={difference.reload} />}
      {difference.value ? (
        <Difference difference={difference.value} />
      ) : (
        difference.error == null && <Loading what="what changed" />
      )}
    </section>
  );
}
