/** How a memory came about: its versions, what differs between two of them, and the way back. */
import { useState } from 'preact/hooks';
import { PAGE, usePages } from '../../live/pages.ts';
import { Age, Moment } from '../../parts/age.tsx';
import { Badge } from '../../parts/badge.tsx';
import { Loading } from '../../parts/loading.tsx';
import { More } from '../../parts/more.tsx';
import { Problem } from '../../parts/problem.tsx';
import { mayManage } from '../../rights.ts';
import { sessionPath } from '../../routes.ts';
import { fleetbeat } from '../../session.ts';
import { useQuery } from '../../shell/query.ts';
import { Comparison } from './comparison.tsx';
import type { Memory } from './memory.tsx';
import { Restore } from './restore.tsx';
import { causeText, changesText, type Version } from './version-words.ts';

interface HistoryProps {
  readonly state: Memory;
  readonly changed: () => void;
}

export function History({ state, changed }: HistoryProps) {
  const { programId, version: current } = state;
  const [from, setFrom] = useQuery('from');
  const [to, setTo] = useQuery('to');
  const [wanted, setWanted] = useState<number | null>(null);
  const versions = usePages(
    async (cursor) => {
      const page = await fleetbeat().state.versions(programId, { limit: PAGE, ...cursor });
      return { rows: page.versions, nextCursor: page.nextCursor };
    },
    [programId],
    { when: (event) => event.kind === 'state.written' && event.programId === programId },
  );
  const show = (a: number, b: number) => {
    setFrom(String(a));
    setTo(String(b));
    document.getElementById('comparison')?.scrollIntoView({ block: 'nearest' });
  };
  const known = versions.rows;
  if (!known)
    return versions.error == null ? (
      <Loading what="the versions" />
    ) : (
      <Problem error={versions.error} retry={versions.reload} />
    );
  const oldest = known.at(-1)?.version ?? 1;
  return (
    <div class="stack">
      {known.length > 1 && (
        <Comparison
          programId={programId}
          versions={known}
          from={numberOf(from, current - 1)}
          to={numberOf(to, current)}
          choose={show}
        />
      )}
      <section aria-labelledby="versions-title">
        <h2 id="versions-title">Versions</h2>
        {versions.error != null && <Problem error={versions.error} retry={versions.reload} />}
        {!mayManage(programId) && <p class="faint">Only {programId} and admins go back to an earlier version.</p>}
        <ol class="versions">
          {known.map((version) => (
            <li key={version.version}>
              <Row
                version={version}
                current={current}
                onShow={version.version > oldest ? () => show(version.version - 1, version.version) : undefined}
                onRestore={mayManage(programId) ? () => setWanted(version.version) : undefined}
              />
            </li>
          ))}
        </ol>
        <More pages={versions} what="versions" />
      </section>
      {wanted !== null && (
        <Restore
          programId={programId}
          current={current}
          version={wanted}
          onClose={() => setWanted(null)}
          onRestored={() => {
            setWanted(null);
            changed();
            versions.reload();
          }}
        />
      )}
    </div>
  );
}

const numberOf = (text: string, fallback: number): number =>
  /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Math.max(1, fallback);

interface RowProps {
  readonly version: Version;
  readonly current: number;
  readonly onShow: (() => void) | undefined;
  readonly onRestore: (() => void) | undefined;
}

const Row = ({ version: it, current, onShow, onRestore }: RowProps) => (
  <article class="version" aria-label={`Version ${it.version}`}>
    <div class="version-what">
      <h3>
        Version {it.version} {it.version === current && <Badge tone="good">Now</Badge>}
      </h3>
      <p>
        {causeText(it)} <span class="faint">{changesText(it)}</span>
      </p>
      <p class="faint">
        <Moment at={it.at} />, <Age at={it.at} /> ago, by{' '}
        {it.sessionId === null ? <code>{it.keyId}</code> : <a href={sessionPath(it.sessionId)}>{it.sessionId}</a>}
      </p>
    </div>
    <div class="row">
      {onShow && (
        <button type="button" class="button small" onClick={onShow}>
          What changed<span class="unseen"> in version {it.version}</span>
        </button>
      )}
      {it.version !== current && onRestore && (
        <button type="button" class="button small" onClick={onRestore}>
          Restore<span class="unseen"> version {it.version}</span>
        </button>
      )}
    </div>
  </article>
);
