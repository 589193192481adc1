/** A program's settings, baselines, memory decay and name. */
import { useState } from 'preact/hooks';
import { fleetbeat, isAdmin } from '../../auth.ts';
import { Fact } from '../../components/fact.tsx';
import { TextField } from '../../components/field.tsx';
import { getFieldError, Problem } from '../../components/problem.tsx';
import { updateProgramFacts } from '../../live/fleet-store.ts';
import type { ProgramRow } from '../../live/program-row.ts';
import { useMutation } from '../../live/use-mutation.ts';
import { type Memory, type MemoryQuery, WithMemory } from './memory.tsx';
import { ItemList } from './summary.tsx';

interface ProgramSettingsProps {
  readonly row: ProgramRow;
  readonly memory: MemoryQuery;
}

export const ProgramSettings = ({ row, memory }: ProgramSettingsProps) => (
  <div class="stack">
    <NameForm row={row} />
    <WithMemory programId={row.programId} memory={memory}>
      {(state) => (
        <>
          <p class="faint">The agent writes these itself, as a part of its memory; here they are only shown.</p>
          <Config {...state} />
          <Baselines {...state} />
          <Decay {...state} />
        </>
      )}
    </WithMemory>
  </div>
);

function NameForm({ row: { programId, displayName } }: { readonly row: ProgramRow }) {
  const [name, setName] = useState(displayName);
  const { run, busy, error } = useMutation(async () => {
    const { displayName: is } = await fleetbeat().programs.update(programId, { displayName: name.trim() });
    updateProgramFacts(programId, { displayName: is });
  });
  if (!isAdmin()) return null;
  return (
    <section class="card" aria-labelledby="name-title">
      <h2 id="name-title">Name</h2>
      <form
        class="name-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <TextField
          label="Name for people"
          required
          maxLength={200}
          value={name}
          fault={getFieldError(error, 'displayName')}
          hint={
            <>
              Agents go on calling it <code>{programId}</code>.
            </>
          }
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button" disabled={busy || name.trim() === '' || name.trim() === displayName}>
          Rename
        </button>
      </form>
      {error != null && <Problem error={error} />}
    </section>
  );
}

const notReported = <span class="faint">not told</span>;

const Config = ({ config }: Pick<Memory, 'config'>) => (
  <section class="card summary" aria-labelledby="config-title">
    <h2 id="config-title">How it likes to work</h2>
    <dl class="facts">
      <Fact name="Preferred output">{config.preferredOutputFormat ?? notReported}</Fact>
    </dl>
    <ItemList title="Known quirks" items={config.knownQuirks} />
    <CustomValues title="Tools" values={config.toolPreferences} />
    <CustomValues title="Other settings" values={config.customSettings} />
  </section>
);

const CustomValues = ({
  title,
  values,
}: {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
}) =>
  Object.keys(values).length > 0 ? (
    <div>
      <h3>{title}</h3>
      <dl class="facts">
        {Object.entries(values).map(([name, value]) => (
          <Fact key={name} name={name}>
            {typeof value === 'string' ? value : <code>{JSON.stringify(value)}</code>}
          </Fact>
        ))}
      </dl>
    </div>
  ) : null;

const formatMinutes = (value: number | null) => (value === null ? notReported : `${Number(value.toFixed(1))} minutes`);

const Baselines = ({ baselines }: Pick<Memory, 'baselines'>) => (
  <section class="card summary" aria-labelledby="baselines-title">
    <h2 id="baselines-title">What is usual for it</h2>
    <dl class="facts">
      <Fact name="A task takes">{formatMinutes(baselines.avgTaskDurationMinutes)}</Fact>
      <Fact name="The last session took">{formatMinutes(baselines.lastSessionDurationMinutes)}</Fact>
      <Fact name="Sessions completed">{baselines.sessionsCompleted}</Fact>
    </dl>
    <ItemList title="What often goes wrong" items={baselines.commonFailureModes} />
  </section>
);

const Decay = ({ decay }: Pick<Memory, 'decay'>) => (
  <section class="card summary" aria-labelledby="decay-title">
    <h2 id="decay-title">How its memory ages</h2>
    <dl class="facts">
      <Fact name="The summary is out of date after">{decay.contextSummaryTTLDays} days</Fact>
      <Fact name="A pattern is stale after">{decay.learnedPatternMaxAge} days without being seen again</Fact>
      <Fact name="Fresh patterns at most">{decay.maxUnpromotedPatterns}, beside promoted ones</Fact>
    </dl>
  </section>
);
