/** Follows the event stream while a user is signed in. */
import { effect, untracked } from '@preact/signals';
import { fleetbeat, isAdmin, me, signOutOnUnauthorized } from '../auth.ts';
import { followFleet } from './fleet.ts';
import { followVisits } from './last-visit.ts';
import { connection, followStream } from './stream.ts';

/** Call once. Each sign-in starts a new stream, each sign-out ends it. */
export function startLiveUpdates(): void {
  effect(() => {
    const user = me.value;
    if (!user) return;
    return untracked(() => {
      const stop = new AbortController();
      const client = fleetbeat();
      const unfollow = followFleet(client, isAdmin());
      const endVisit = followVisits(user.accountId);
      followStream(client, `${user.accountId}/${user.keyId}`, stop.signal).catch((error: unknown) => {
        if (stop.signal.aborted) return;
        connection.value = 'lost';
        signOutOnUnauthorized(error);
      });
      return () => {
        stop.abort();
        unfollow();
        endVisit();
      };
    });
  });
}
