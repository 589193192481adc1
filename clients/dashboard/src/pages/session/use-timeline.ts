/** A session's timeline: loaded page by page, continued by events. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { fleetbeat, signOutOnUnauthorized } from '../../auth.ts';
import { subscribe } from '../../live/stream.ts';
import { useServerQuery } from '../../live/use-server-query.ts';
import { type Change, prependEvent } from './changes.ts';

const PAGE_SIZE = 250;

interface Timeline {
  readonly changes: readonly Change[] | undefined;
  readonly error: unknown;
  reload(): void;
  /** Loads older changes; absent if there are none. */
  readonly loadMore?: () => Promise<void>;
}

export function useTimeline(sessionId: string): Timeline {
  const first = useServerQuery(() => fleetbeat().sessions.timeline(sessionId, { limit: PAGE_SIZE }), [sessionId]);
  const [page, setPage] = useState<{ changes: readonly Change[]; nextCursor: string | null }>();
  useEffect(() => setPage(first.value), [first.value]);
  useEffect(
    () =>
      subscribe(({ events }) => {
        const own = events.filter((event) => event.sessionId === sessionId);
        if (own.length > 0)
          setPage((before) => before && { ...before, changes: own.reduce(prependEvent, before.changes) });
      }),
    [sessionId],
  );
  const cursor = page?.nextCursor ?? null;
  const loadMore = useCallback(async () => {
    if (cursor === null) return;
    try {
      const older = await fleetbeat().sessions.timeline(sessionId, { limit: PAGE_SIZE, cursor });
      setPage((before) => before && { changes: [...before.changes, ...older.changes], nextCursor: older.nextCursor });
    } catch (error) {
      signOutOnUnauthorized(error);
    }
  }, [sessionId, cursor]);
  return { changes: page?.changes, error: first.error, reload: first.reload, ...(cursor !== null && { loadMore }) };
}
