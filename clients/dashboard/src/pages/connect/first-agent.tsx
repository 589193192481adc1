/** The home page when there are no agents. */
import { Icon } from '../../components/icon.tsx';
import { ConnectSteps } from './connect-steps.tsx';

export const FirstAgent = () => (
  <section class="card first-agent" aria-labelledby="first-title">
    <h2 id="first-title">
      <Icon name="plug" size={22} /> Connect your first agent
    </h2>
    <p class="soft">It shows up here by itself, with its first heartbeat.</p>
    <ConnectSteps heading="h3" />
  </section>
);
