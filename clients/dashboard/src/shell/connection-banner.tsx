/** Says that news no longer arrives, and how old what is shown is. */
import { useComputed } from '@preact/signals';
import { formatAge } from '../live/format-age.ts';
import { now } from '../live/clock.ts';
import { connection, lostSince } from '../live/stream.ts';
import { Icon } from '../components/icon.tsx';

export function ConnectionBanner() {
  const age = useComputed(() => formatAge(now.value - lostSince.value));
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
