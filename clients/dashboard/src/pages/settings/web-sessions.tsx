/** The browsers that are signed in, each of which can be signed out: those of one's key or, for admins, of the account. */
import type { components } from '@fleetbeat/client';
import { fleetbeat, isAdmin, me } from '../../auth.ts';
import { Age, Timestamp } from '../../components/age.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { Table } from '../../components/table.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';

type WebSession = components['schemas']['WebSession'];

export function WebSessions() {
  const sessions = usePaginatedQuery(async (pageQuery) => {
    const page = await fleetbeat().webSessions.list({ scope: isAdmin() ? 'account' : 'key', ...pageQuery });
    return { rows: page.webSessions, nextCursor: page.nextCursor };
  }, []);
  return (
    <section class="card" aria-labelledby="web-sessions-title">
      <h2 id="web-sessions-title">Signed-in browsers</h2>
      {sessions.error != null && <Problem error={sessions.error} retry={sessions.reload} />}
      {sessions.rows === undefined && sessions.error == null && <Loading what="browsers" />}
      {sessions.rows && sessions.rows.length > 0 && (
        <Table
          caption="Signed-in browsers"
          rows={sessions.rows}
          getKey={({ webSessionId }) => webSessionId}
          columns={[
            {
              title: 'Device',
              isRowHeader: true,
              cell: ({ device, role, keyId, current }) => (
                <span>
                  {device ?? 'Unknown device'} <span class="faint">as {role}, key</span> <code>{keyId}</code>
                  {current ? (
                    <span class="faint"> this browser</span>
                  ) : (
                    keyId === me.value?.keyId && <span class="faint"> yours</span>
                  )}
                </span>
              ),
            },
            { title: 'Signed in', labelled: true, tight: true, cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
            {
              title: 'Used',
              labelled: true,
              tight: true,
              cell: ({ lastUsedAt }) => (
                <span>
                  <Age at={lastUsedAt} /> ago
                </span>
              ),
            },
            {
              title: 'Change',
              tight: true,
              cell: (session) => <EndSession session={session} onEnded={sessions.reload} />,
            },
          ]}
        />
      )}
      <LoadMoreButton pages={sessions} what="browsers" />
    </section>
  );
}

/** This browser is signed out by the button below, which also forgets what the page holds. */
function EndSession({ session, onEnded }: { readonly session: WebSession; readonly onEnded: () => void }) {
  const end = useMutation(async () => {
    await fleetbeat().webSessions.end(session.webSessionId);
    onEnded();
  });
  if (session.current) return <span class="faint">–</span>;
  return (
    <>
      <button type="button" class="button small danger" disabled={end.busy} onClick={() => void end.run()}>
        Sign out<span class="unseen"> the browser of {session.keyId}</span>
      </button>
      {end.error != null && <Problem error={end.error} />}
    </>
  );
}
