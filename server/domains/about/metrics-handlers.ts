/** The operation that Prometheus calls. */

import { Fault } from '../../platform/faults.ts';
import type { Metrics } from '../../platform/metrics/metrics.ts';
import type { Handlers } from '../../platform/operations.ts';
import { SERVER_ACCOUNT } from '../../platform/principal.ts';

export const metricsHandlers: Handlers<'getMetrics', { readonly metrics: Metrics }> = {
  async getMetrics(_request, { principal, services }) {
    // These numbers are of all accounts together, and nothing of one account is ever visible to another.
    if (principal.accountId !== SERVER_ACCOUNT) {
      throw new Fault('forbidden', "Only an admin of the server's own account may read its metrics.");
    }
    return { status: 200, body: await services.metrics.text(), type: 'text/plain; version=0.0.4; charset=utf-8' };
  },
};
