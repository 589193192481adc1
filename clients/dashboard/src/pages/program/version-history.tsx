/** The versions of a state, with comparison and restore. */
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { Age, Timestamp } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { mayManage } from '../../permissions.ts';
import { sessionPath } from '../../routes.ts';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { Comparison } from './comparison.tsx';
import type { Memory } from './memory.tsx';
import { Restore } from './restore.tsx';
import { formatCause, formatChanges, type Version } from './version-labels.ts';

interface VersionHistoryProps {
  readonly state: Memory;
  readonly onChanged: () => void;
}

export function VersionHistory({ state, onChanged }: VersionHistoryProps) {
  const { programId, version: current } = state;
  const [from, setFrom] = useSearchParam('from');
  const [to, setTo] = useSearchParam('to');
  const [versionToRestore, setVersionToRestore] = useState<number | null>(null);
  const versions = usePaginatedQuery(
    async (pageQuery) => {
      const page = await fleetbeat().state.versions(programId, pageQuery);
      return { rows: page.versions, nextCursor: page.nextCursor };
    },
    [programId],
    { reloadOnEvent: (event) => event.type === 'state.written' && event.programId === programId },
  );
  const show = (a: number, b: number) => {
    setFrom(String(a));
    setTo(String(b));
    document.getElementById('comparison')?.scrollIntoView({ block: 'nearest' });
  };
  const loaded = versions.rows;
  if (!loaded)
    return versions.error == null ? (
      <Loading what="the versions" />
    ) : (
      <Problem error={versions.error} retry={versions.reload} />
    );
  const oldest = loaded.at(-1)?.version ?? 1;
  return (
    <div class="stack">
      {loaded.length > 1 && (
        <Comparison
          programId={programId}
          versions={loaded}
          from={parseVersion(from, current - 1)}
          to={parseVersion(to, current)}
          onChange={show}
        />
      )}
      <section aria-labelledby="versions-title">
        <h2 id="versions-title">Versions</h2>
        {versions.error != null && <Problem error={versions.error} retry={versions.reload} />}
        {!mayManage(programId) && <p class="faint">Only {programId} and admins go back to an earlier version.</p>}
        <ol class="versions">
          {loaded.map((version) => (
            <li key={version.version}>
              <VersionRow
                version={version}
                current={current}
                onShow={version.version > oldest ? () => show(version.version - 1, version.version) : undefined}
                onRestore={mayManage(programId) ? () => setVersionToRestore(version.version) : undefined}
              />
            </li>
          ))}
        </ol>
        <LoadMoreButton pages={versions} what="versions" />
      </section>
      {versionToRestore !== null && (
        <Restore
          programId={programId}
          current={current}
          version={versionToRestore}
          onClose={() => setVersionToRestore(null)}
          onRestored={() => {
            setVersionToRestore(null);
            onChanged();
            versions.reload();
          }}
        />
      )}
    </div>
  );
}

const parseVersion = (text: string, fallback: number): number =>
  /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Math.max(1, fallback);

interface VersionRowProps {
  readonly version: Version;
  readonly current: number;
  readonly onShow: (() => void) | undefined;
  readonly onRestore: (() => void) | undefined;
}

const VersionRow = ({ version: it, current, onShow, onRestore }: VersionRowProps) => (
  <article class="version" aria-label={`Version ${it.version}`}>
    <div class="version-what">
      <h3>
        Version {it.version} {it.version === current && <Badge tone="good">Now</Badge>}
      </h3>
      <p>
        {formatCause(it)} <span class="faint">{formatChanges(it)}</span>
      </p>
      <p class="faint">
        <Timestamp at={it.at} />, <Age at={it.at} /> ago, by{' '}
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
