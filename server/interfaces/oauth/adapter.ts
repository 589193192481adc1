/** The storage of oidc-provider, over our own. */
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { Fault } from '../../platform/faults.ts';
import type { Records } from './ports.ts';

export function createAdapterFactory(records: Records): (model: string) => Adapter {
  return (model) => ({
    async upsert(id, payload, expiresIn) {
      // Nobody is signed in here: the dashboard's web session is the only one, and consent is asked for each time.
      if (model === 'Session') return;
      await refuseEnded(() => records.upsert(model, id, { ...payload }, expiresIn));
    },
    async find(id) {
      if (model === 'Session') return undefined;
      return (await records.find(model, id)) as AdapterPayload | undefined;
    },
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    async consume(id) {
      if (!(await records.consume(model, id))) throw new errors.InvalidGrant('already used');
    },
    async destroy(id) {
      if (model === 'Session') return;
      // A grant's own row leads to its connection: whoever removes it ends everything that it allowed.
      if (model === 'Grant') await records.revokeGrant(id, 'revoked by the client, or a token was used twice');
      else await records.destroy(model, id);
    },
    // Called for each kind of token, at the same time as the grant is destroyed, which ends all of them.
    revokeByGrantId: async () => undefined,
  });
}

async function refuseEnded(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.kind === 'unavailable') throw new errors.TemporarilyUnavailable(error.detail);
    throw new errors.InvalidGrant(error.detail);
  }
}
