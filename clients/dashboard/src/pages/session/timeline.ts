/** A session's timeline: read page by page, and gone on with by events. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useLoad } from '../../live/load.ts';
import { listen } from '../../live/stream.ts';
import { fleetbeat, noteRefusal } from '../../session.ts';
import { type Change, withEvent } from './changes.ts';

const PAGE = 250;

interface TimelineOf {
  readonly changes: readonly Change[] | undefined;
  readonly error: unknown;
  reload(): void;
  /** Reads older changes; absent when there are none. */
  readonly more?: () => Promise<void>;
}

export function useTimeline(sessionId: string): TimelineOf {
  const first = useLoad(() => fleetbeat().sessions.timeline(sessionId, { limit: PAGE }), [sessionId]);
  const [page, setPage] = useState<{ changes: readonly Change[]; nextCursor: string | null }>();
  useEffect(() => setPage(first.value), [first.value]);
  useEffect(
    () =>
      listen(({ events }) => {
        const own = events.filter((event) => event.sessionId === sessionId);
        if (own.length > 0)
          setPage((before) => before && { ...before, changes: own.reduce(withEvent, before.changes) });
      }),
    [sessionId],
  );
  const cursor = page?.nextCursor ?? null;
  const more = useCallback(async () => {
    if (cursor === null) return;
    try {
      const older = await fleetbeat().sessions.timeline(sessionId, { limit: PAGE, cursor });
      setPage((before) => before && { changes: [...before.changes, ...older.changes], nextCursor: older.nextCursor });
    } catch (error) {
      noteRefusal(error);
    }
  }, [sessionId, cursor]);
  return { changes: page?.changes, error: first.error, reload: first.reload, ...(cursor !== null && { more }) };
}
