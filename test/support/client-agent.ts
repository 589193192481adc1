/** A program with a client on a network and a clock that the test controls. */
import {
  createFleetbeat,
  type Fleetbeat,
  type FleetbeatOptions,
  type SessionFailure,
} from '../../clients/typescript/src/index.ts';
import { ManualClock } from './manual-clock.ts';
import { createScriptedNetwork } from './scripted-network.ts';
import type { TestServer } from './test-server.ts';

/** `url` may lead through a proxy. `other` is a client of the same program on a good network. */
export async function createClientAgent(
  server: Pick<TestServer, 'url' | 'createProgram'>,
  { url = server.url, ...options }: FleetbeatOptions & { readonly url?: string } = {},
) {
  const { programId, key, client: other } = await server.createProgram();
  const [clock, network] = [new ManualClock(), createScriptedNetwork()];
  const fleetbeat: Fleetbeat = createFleetbeat({
    baseUrl: url,
    key,
    clock,
    fetch: network.fetch,
    random: () => 0,
    retries: 0,
    ...options,
  });
  const failures: SessionFailure[] = [];
  const onError = (failure: SessionFailure) => void failures.push(failure);
  return { programId, key, clock, network, fleetbeat, other, failures, onError };
}
