/** The home page until the first session of the account. */
import { isAdmin } from '../../auth.ts';
import { Icon } from '../../components/icon.tsx';
import { ConnectSteps } from './connect-steps.tsx';
import { InviteAgent } from './invite-agent.tsx';

export const FirstAgent = () => (
  <section class="card first-agent" aria-labelledby="first-title">
    <h2 id="first-title">
      <Icon name="plug" size={22} /> Connect your first agent
    </h2>
    <p class="soft">It shows up here by itself, with its first heartbeat.</p>
    {isAdmin() ? <InviteAgent /> : <ConnectSteps heading="h3" />}
  </section>
);
