/** The deliveries of a webhook, with every attempt. */

import { fleetbeat } from '../../auth.ts';
import { Age, Timestamp } from '../../components/age.tsx';
import { Badge } from '../../components/badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Select } from '../../components/field.tsx';
import { LoadMoreButton } from '../../components/load-more-button.tsx';
import { Loading } from '../../components/loading.tsx';
import { Problem } from '../../components/problem.tsx';
import { Table } from '../../components/table.tsx';
import { usePaginatedQuery } from '../../live/use-paginated-query.ts';
import { useSearchParam } from '../../shell/use-search-param.ts';
import { type Delivery, formatAttempt } from './webhook-labels.ts';

const STATE_CHOICES = [
  { value: '', label: 'All' },
  { value: 'pending', label: 'Waiting' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Failed' },
] as const;

const DELIVERY_STATE_BADGES = {
  pending: ['warn', 'clock', 'Waiting'],
  delivered: ['good', 'check', 'Delivered'],
  failed: ['bad', 'alert', 'Failed'],
} as const;

interface DeliveriesProps {
  readonly webhookId: string;
  /** The subscribed events: each one creates a delivery. */
  readonly types: readonly string[];
  /** How many test deliveries were sent from this page. */
  readonly tests: number;
}

export function Deliveries({ webhookId, types, tests }: DeliveriesProps) {
  const [stateText, setState] = useSearchParam('state');
  const state = STATE_CHOICES.find(({ value }) => value === stateText)?.value || undefined;
  const deliveries = usePaginatedQuery(
    async (pageQuery) => {
      const page = await fleetbeat().webhooks.deliveries(webhookId, {
        ...(state && { state }),
        ...pageQuery,
      });
      return { rows: page.deliveries, nextCursor: page.nextCursor };
    },
    [webhookId, state, tests],
    { reloadOnEvent: ({ type }) => types.includes(type) },
  );
  return (
    <section class="stack" aria-labelledby="deliveries-title">
      <div class="row deliveries-head">
        <h2 id="deliveries-title">Deliveries</h2>
        <div class="row">
          <Select
            label="State"
            choices={STATE_CHOICES}
            value={state ?? ''}
            onChange={(event) => setState(event.currentTarget.value)}
          />
          <button type="button" class="button" disabled={deliveries.loading} onClick={deliveries.reload}>
            Refresh
          </button>
        </div>
      </div>
      {deliveries.error != null && <Problem error={deliveries.error} retry={deliveries.reload} />}
      {deliveries.rows === undefined && deliveries.error == null && <Loading what="deliveries" />}
      {deliveries.rows?.length === 0 && (
        <EmptyState icon="hook" title={state ? 'No such delivery' : 'Nothing was sent yet'}>
          <p>Send a test to see whether the endpoint takes it; events follow by themselves.</p>
        </EmptyState>
      )}
      {deliveries.rows && deliveries.rows.length > 0 && <DeliveryTable rows={deliveries.rows} />}
      <LoadMoreButton pages={deliveries} what="deliveries" />
    </section>
  );
}

const DeliveryTable = ({ rows }: { readonly rows: readonly Delivery[] }) => (
  <Table
    caption="Deliveries"
    rows={rows}
    getKey={({ deliveryId }) => deliveryId}
    columns={[
      { title: 'Event', isRowHeader: true, cell: ({ type }) => <code>{type}</code> },
      {
        title: 'State',
        tight: true,
        cell: ({ state }) => {
          const [tone, icon, text] = DELIVERY_STATE_BADGES[state];
          return (
            <Badge tone={tone} icon={icon}>
              {text}
            </Badge>
          );
        },
      },
      { title: 'Made', cell: ({ createdAt }) => <Timestamp at={createdAt} /> },
      { title: 'Attempts', cell: Attempts },
    ]}
  />
);

const Attempts = ({ attempts, nextAttemptAt }: Delivery) => (
  <div>
    <ol class="attempts">
      {attempts.map((attempt) => (
        <li key={attempt.at} data-taken={attempt.error === null}>
          {formatAttempt(attempt)}{' '}
          <span class="faint">
            <Age at={attempt.at} /> ago
          </span>
        </li>
      ))}
    </ol>
    {nextAttemptAt !== null && (
      <p class="faint">
        Next <Timestamp at={nextAttemptAt} />
      </p>
    )}
  </div>
);
