/** Sends a delivery now, and tells what became of it. */
import { useState } from 'preact/hooks';
import { useMutation } from '../../live/act.ts';
import { Badge } from '../../parts/badge.tsx';
import { Problem } from '../../parts/problem.tsx';
import { fleetbeat } from '../../session.ts';
import { type Delivery, formatAttempt } from './webhook-words.ts';

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
