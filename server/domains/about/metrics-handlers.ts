/** The operation that Prometheus scrapes. */

import { Fault } from '../../platform/faults.ts';
import type { Metrics } from '../../platform/metrics/metrics.ts';
import type { Handlers } from '../../platform/operations.ts';
import { SERVER_ACCOUNT } from '../../platform/principal.ts';

export const metricsHandlers: Handlers<'getMetrics', { readonly metrics: Metrics }> = {
  async getMetrics(_request, { principal, services }) {
    // The metrics cover all accounts, and no account may see anything of another.
    if (principal.accountId !== SERVER_ACCOUNT) {
      throw new Fault('forbidden', "Only an admin of the server's own account may read its metrics.");
    }
    return { status: 200, body: await services.metrics.text(), type: 'text/plain; version=0.0.4; charset=utf-8' };
  },
};
