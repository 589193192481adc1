/** How a program likes to work, what is usual for it, how fast it forgets; and its name. */
import { useState } from 'preact/hooks';
import { useAct } from '../../live/act.ts';
import { learn } from '../../live/fleet-store.ts';
import type { ProgramRow } from '../../live/program-row.ts';
import { Fact } from '../../parts/fact.tsx';
import { TextField } from '../../parts/field.tsx';
import { faultOf, Problem } from '../../parts/problem.tsx';
import { fleetbeat, isAdmin } from '../../session.ts';
import { type Memory, type MemoryLoad, WithMemory } from './memory.tsx';
import { Items } from './summary.tsx';

interface ProgramSettingsProps {
  readonly row: ProgramRow;
  readonly memory: MemoryLoad;
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
  const { run, busy, error } = useAct(async () => {
    const { displayName: is } = await fleetbeat().programs.update(programId, { displayName: name.trim() });
    learn(programId, { displayName: is });
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
          fault={faultOf(error, 'displayName')}
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

const unknown = <span class="faint">not told</span>;

const Config = ({ config }: Pick<Memory, 'config'>) => (
  <section class="card summary" aria-labelledby="config-title">
    <h2 id="config-title">How it likes to work</h2>
    <dl class="facts">
      <Fact name="Preferred output">{config.preferredOutputFormat ?? unknown}</Fact>
    </dl>
    <Items title="Known quirks" items={config.knownQuirks} />
    <Free title="Tools" values={config.toolPreferences} />
    <Free title="Other settings" values={config.customSettings} />
  </section>
);

const Free = ({ title, values }: { readonly title: string; readonly values: Readonly<Record<string, unknown>> }) =>
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

const minutes = (value: number | null) => (value === null ? unknown : `${Number(value.toFixed(1))} minutes`);

const Baselines = ({ baselines }: Pick<Memory, 'baselines'>) => (
  <section class="card summary" aria-labelledby="baselines-title">
    <h2 id="baselines-title">What is usual for it</h2>
    <dl class="facts">
      <Fact name="A task takes">{minutes(baselines.avgTaskDurationMinutes)}</Fact>
      <Fact name="The last session took">{minutes(baselines.lastSessionDurationMinutes)}</Fact>
      <Fact name="Sessions completed">{baselines.sessionsCompleted}</Fact>
    </dl>
    <Items title="What often goes wrong" items={baselines.commonFailureModes} />
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
