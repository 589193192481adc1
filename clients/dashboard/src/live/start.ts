/** Follows the server for as long as somebody is signed in. */
import { effect, untracked } from '@preact/signals';
import { fleetbeat, isAdmin, me, noteRefusal } from '../session.ts';
import { followFleet } from './fleet.ts';
import { connection, follow } from './stream.ts';

/** To be called once. Each sign-in begins anew, each sign-out ends it. */
export function startLive(): void {
  effect(() => {
    if (!me.value) return;
    return untracked(() => {
      const stop = new AbortController();
      const client = fleetbeat();
      const leave = followFleet(client, isAdmin());
      follow(client, stop.signal).catch((error: unknown) => {
        if (stop.signal.aborted) return;
        connection.value = 'lost';
        noteRefusal(error);
      });
      return () => {
        stop.abort();
        leave();
      };
    });
  });
}
