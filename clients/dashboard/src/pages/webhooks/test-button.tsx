/** Sends a test delivery and shows its result. */
import { useState } from 'preact/hooks';
import { fleetbeat } from '../../auth.ts';
import { Badge } from '../../components/badge.tsx';
import { Problem } from '../../components/problem.tsx';
import { useMutation } from '../../live/use-mutation.ts';
import { type Delivery, formatAttempt } from './webhook-labels.ts';

interface TestButtonProps {
  readonly webhookId: string;
  readonly onTested: () => void;
}

export function TestButton({ webhookId, onTested }: TestButtonProps) {
  const [delivery, setDelivery] = useState<Delivery | null>(null);
  const test = useMutation(async () => {
    setDelivery(await fleetbeat().webhooks.test(webhookId));
    onTested();
  });
  const last = delivery?.attempts.at(-1);
  return (
    <>
      <button type="button" class="button primary" disabled={test.busy} onClick={() => void test.run()}>
        {test.busy ? 'Testing…' : 'Send a test'}
      </button>
      <div role="status" class="test-result">
        {!test.busy && delivery && (
          <p class="row">
            {delivery.state === 'delivered' ? (
              <Badge tone="good" icon="check">
                The test was taken
              </Badge>
            ) : (
              <Badge tone="bad" icon="alert">
                The test was not taken
              </Badge>
            )}
            {last && <span>{formatAttempt(last)}</span>}
          </p>
        )}
      </div>
      {test.error != null && <Problem error={test.error} />}
    </>
  );
}
