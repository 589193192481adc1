/** Shown while the event stream is lost, with the age of the data on the page. */
import { formatDuration } from '@fleetbeat/client';
import { useComputed } from '@preact/signals';
import { Icon } from '../components/icon.tsx';
import { now } from '../live/clock.ts';
import { connection, lostSince } from '../live/stream.ts';

export function ConnectionBanner() {
  const age = useComputed(() => formatDuration(now.value - lostSince.value));
  const lost = connection.value === 'lost';
  return (
    <div role="status" class="connection" data-lost={lost}>
      {lost && (
        <p>
          <Icon name="alert" />
          <span>
            <strong>Connection lost.</strong> This is how it was <span aria-hidden="true">{age} ago</span>
            <span class="unseen">when the connection was lost</span>. Trying to reconnect…
          </span>
        </p>
      )}
    </div>
  );
}
