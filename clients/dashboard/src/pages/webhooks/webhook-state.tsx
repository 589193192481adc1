import { Age, Timestamp } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { now } from '../../live/clock.ts';
import { describeDisabledReason, type Webhook } from './webhook-labels.ts';

/** Whether the webhook is active, and since when it is not. */
export function WebhookState({ webhook }: { readonly webhook: Webhook }) {
  const why = describeDisabledReason(webhook);
  const { failingSince, pausedUntil } = webhook;
  const isPaused = why === null && pausedUntil !== null && Date.parse(pausedUntil) > now.value;
  return (
    <p class="row">
      {why !== null ? (
        <Badge tone={webhook.disabledReason === 'admin' ? 'quiet' : 'bad'} icon="off">
          Off
        </Badge>
      ) : failingSince !== null ? (
        <Badge tone="warn" icon="alert">
          Failing
        </Badge>
      ) : (
        <Badge tone="good" icon="check">
          On
        </Badge>
      )}
      {why !== null && <span class="soft">{why}</span>}
      {why === null && failingSince !== null && (
        <span class="soft">
          For <Age at={failingSince} />. Each delivery is tried again, less and less often, for days.
        </span>
      )}
      {isPaused && (
        <span class="soft">
          Paused until <Timestamp at={pausedUntil} />.
        </span>
      )}
    </p>
  );
}
